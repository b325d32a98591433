package toy.sine;

import java.util.function.Supplier;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.data.Batch;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.train.data.Dataset;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.train.data.RunContext;

/**
 * Sine waves, a modality that the library does not know.
 *
 * @param length values of a wave
 * @param patch values that a token sees
 */
@Kind("sine")
public record SineModality(int length, int patch) implements Modality {
    public SineModality {
        Check.inRange("length", length, 1, 1_000_000);
        Check.inRange("patch", patch, 1, length);
    }

    @Override
    public String samples() {
        return "waves";
    }

    @Override
    public Supplier<FeatureEncoder> featureEncoder(int width) {
        return () -> new SineFeatureEncoder(patch, width);
    }

    @Override
    public Dataset open(String data, RunContext run) {
        return new SineDataset(length, run.train().batch(), run.seed());
    }

    @Override
    public Input convert(Batch batch, Device device) {
        SineBatch waves = (SineBatch) batch;
        return new Input(Tensors.of(waves.values(), waves.size(), length).to(device), waves.ids());
    }

    @Override
    public Input placeholder(Device device) {
        return new Input(Tensors.zeros(DType.F32, device, 1, length), new long[] {0});
    }
}
