package toy.sine;

import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.EpochOrder;
import org.data2vec4j.data.Loader;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.data.SampleSlots;
import org.data2vec4j.train.data.Dataset;

/** Waves of random frequency, made as they are needed. */
final class SineDataset implements Dataset {
    private static final int SIZE = 64;

    private final int length;
    private final int batch;
    private final long seed;

    SineDataset(int length, int batch, long seed) {
        this.length = length;
        this.batch = batch;
        this.seed = seed;
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public String description() {
        return SIZE + " waves";
    }

    @Override
    public String fingerprint() {
        return "sine:" + length + ":" + seed;
    }

    @Override
    public Loader<SineBatch> loader(LoaderPosition start, Consumer<String> warnings) {
        EpochOrder order = new EpochOrder(SIZE, seed, start);
        return new Loader<>() {
            @Override
            public SineBatch next() {
                SampleSlots slots = order.take(batch);
                long[] ids = new long[slots.count()];
                float[] values = new float[slots.count() * length];
                for (int i = 0; i < ids.length; i++) {
                    ids[i] = slots.samples()[i];
                    double frequency = Rng.of(seed, ids[i]).nextDouble();
                    for (int t = 0; t < length; t++) {
                        values[i * length + t] = (float) Math.sin(frequency * t);
                    }
                }
                return new SineBatch(ids, values, order.position());
            }

            @Override
            public List<String> skippedFiles() {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
