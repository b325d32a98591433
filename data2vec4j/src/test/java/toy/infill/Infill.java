package toy.infill;

import java.util.List;
import java.util.Map;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.MaskEmbedding;
import org.data2vec4j.model.encoder.MaskIndices;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.method.DrawnBatch;
import org.data2vec4j.model.method.Encoders;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.PretrainingMethod;
import org.data2vec4j.model.method.StepContext;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.nn.Linear;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;

/** The model of {@link InfillConfig}. Shapes: B samples, T positions, N masked in all, P values of a patch, D width. */
final class Infill implements PretrainingMethod {
    private final InfillConfig config;
    private final long seed;
    private final Encoder encoder;
    private final MaskEmbedding mask;
    private final Linear head;
    private final Weights weights;

    Infill(InfillConfig config, EncoderConfig encoder, FeatureEncoder featureEncoder, long seed, Device device) {
        this.config = config;
        this.seed = seed;
        this.encoder = new Encoder(featureEncoder, encoder);
        this.mask = MaskEmbedding.uniform(encoder.width());
        this.head = Linear.standard(encoder.width(), featureEncoder.patchSize());
        this.weights = Weights.allocate(device, Map.of("encoder", this.encoder, "mask", mask, "head", head));
        weights.initialise(seed);
        weights.trainable();
    }

    @Override
    public DrawnBatch draw(Input input, long update) {
        MaskBatch masks =
                MaskBatch.draw(config.mask(), encoder.featureEncoder().layout(input), seed, update, input.ids(), 1);
        return DrawnBatch.masked(masks, "use longer samples", context -> forward(input, masks, context));
    }

    private StepResult forward(Input input, MaskBatch masks, StepContext context) {
        Layout layout = masks.layout();
        MaskIndices indices = MaskIndices.of(masks, input.source().device());
        Tensor tokens_BTD = mask.hide(encoder.featureEncoder().tokens(input, layout), indices);
        Tensor features_ND = indices.maskedOf(encoder.encode(tokens_BTD, layout).positions());
        Tensor expected_NP = indices.maskedOf(encoder.featureEncoder().patches(input.source()));
        Tensor sum = F.squaredError(head.forward(features_ND), expected_NP)
                .mean(false, -1)
                .sum();
        return context.result(List.of(new LossTerm("infill", sum)), List.of());
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public Encoders encoders() {
        return Encoders.of("encoder", encoder);
    }

    @Override
    public void train(boolean on) {
        encoder.train(on);
    }
}
