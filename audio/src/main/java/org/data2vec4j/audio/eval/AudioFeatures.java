package org.data2vec4j.audio.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.audio.data.AudioBatch;
import org.data2vec4j.audio.data.AudioLoaderConfig;
import org.data2vec4j.audio.data.SequentialAudioLoader;
import org.data2vec4j.audio.data.feature.LogMel;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.probe.LayerMeans;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.train.BatchConverter;

/** Frozen features of whole recordings, one vector for each layer. Shapes: N recordings, L layers, B, T, D. */
public final class AudioFeatures {
    private final BatchConverter inputs;
    private final AudioLoaderConfig reading;
    private final DType products;
    private final Device device;
    private final Consumer<String> warnings;

    /**
     * How features are computed.
     *
     * @param inputs how batches become inputs
     * @param reading how recordings are read: whole, in order
     * @param products element type of products
     * @param warnings told of recordings that cannot be used
     */
    public AudioFeatures(
            BatchConverter inputs,
            AudioLoaderConfig reading,
            DType products,
            Device device,
            Consumer<String> warnings) {
        this.inputs = inputs;
        this.reading = reading;
        this.products = products;
        this.device = device;
        this.warnings = warnings;
    }

    /**
     * The mean over positions of every block's output, pre-net first, in the scope open now: L entries of (N, D). Padding has no part
     * in it.
     *
     * @throws UserException if a feature is not finite
     */
    public List<Features> layers(Encoder encoder, LabelledAudio data) {
        boolean training = encoder.training();
        encoder.train(false);
        LayerMeans means = new LayerMeans();
        Known known = new Known(data);
        try {
            each(data, batch -> {
                try (Scope scope = Scope.open()) {
                    means.add(encoder, inputs.of(batch, device), products);
                    known.add(batch);
                }
            });
        } finally {
            encoder.train(training);
        }
        return means.features(known.labels(), known.ids());
    }

    /** The control that learned nothing: mean and deviation of each log-mel band over a recording, (N, 160). */
    public Features logMel(LabelledAudio data) {
        LogMel mel = new LogMel();
        Known known = new Known(data);
        List<float[]> rows = new ArrayList<>();
        each(data, batch -> {
            for (int i = 0; i < batch.size(); i++) {
                rows.add(statistics(mel.of(batch.samples(), i * batch.width(), batch.lengths()[i])));
            }
            known.add(batch);
        });
        int width = rows.get(0).length;
        float[] values = new float[rows.size() * width];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, values, i * width, width);
        }
        return new Features(Tensors.of(values, rows.size(), width), known.labels(), known.ids());
    }

    private static float[] statistics(org.data2vec4j.audio.data.feature.AcousticFeatures frames) {
        int width = frames.width();
        float[] row = new float[2 * width];
        for (int band = 0; band < width; band++) {
            double sum = 0;
            double squares = 0;
            for (int t = 0; t < frames.frames(); t++) {
                double value = frames.values()[t * width + band];
                sum += value;
                squares += value * value;
            }
            double mean = sum / frames.frames();
            row[band] = (float) mean;
            row[width + band] = (float) Math.sqrt(Math.max(0, squares / frames.frames() - mean * mean));
        }
        return row;
    }

    private void each(LabelledAudio data, Consumer<AudioBatch> work) {
        try (SequentialAudioLoader pass =
                new SequentialAudioLoader(data.source(), reading, data.source().size(), warnings)) {
            for (AudioBatch batch : pass) {
                work.accept(batch);
            }
        }
    }

    /** What is known of recordings, gathered batch by batch. */
    private static final class Known {
        private final LabelledAudio data;
        private final List<Long> ids = new ArrayList<>();

        Known(LabelledAudio data) {
            this.data = data;
        }

        void add(AudioBatch batch) {
            for (long id : batch.ids()) {
                ids.add(id);
            }
        }

        int[] labels() {
            return ids.stream().mapToInt(id -> data.labels()[id.intValue()]).toArray();
        }

        long[] ids() {
            return ids.stream().mapToLong(Long::longValue).toArray();
        }
    }
}
