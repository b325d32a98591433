package toy.infill;

import java.util.function.Supplier;
import org.data2vec4j.core.Kind;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.mask.MaskStrategy;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.method.PretrainingMethod;
import org.data2vec4j.tensor.Device;

/**
 * A method that the library does not know: a linear layer on the encoder predicts what masked tokens would have seen of the input.
 *
 * @param mask which positions are masked
 */
@Kind("infill")
public record InfillConfig(MaskStrategy mask) implements MethodConfig {
    @Override
    public String title() {
        return "infill";
    }

    @Override
    public void checkFits(EncoderConfig encoder) {}

    @Override
    public PretrainingMethod build(
            EncoderConfig encoder, Supplier<? extends FeatureEncoder> featureEncoder, long seed, Device device) {
        return new Infill(this, encoder, featureEncoder.get(), seed, device);
    }
}
