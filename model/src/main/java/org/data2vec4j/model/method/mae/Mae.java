package org.data2vec4j.model.method.mae;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.GridPositions;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.MaskIndices;
import org.data2vec4j.model.loss.ReconstructionTargets;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.method.Diagnostic;
import org.data2vec4j.model.method.DrawnBatch;
import org.data2vec4j.model.method.FeatureDiagnostics;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.SingleEncoder;
import org.data2vec4j.model.method.SingleEncoderMethod;
import org.data2vec4j.model.method.StepContext;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.distributed.BatchStatistics;

/**
 * Masked autoencoder (He et al., 2021): the encoder sees the visible patches only, a light decoder predicts the pixels of the
 * masked ones; the loss is the mean squared error over a patch's values, averaged over masked patches. Shapes: B samples, M clones,
 * R = B·M, V visible, N masked in all, P values of a patch, D width.
 */
public final class Mae implements SingleEncoderMethod {
    private final MaeConfig config;
    private final long seed;
    private final Encoder encoder;
    private final MaeDecoder decoder;
    private final SingleEncoder trained;

    /**
     * A new model, begun by {@code seed}; its memory belongs to the {@link Scope} open now.
     *
     * @param positions what tells the decoder's tokens their place
     * @throws UserException if the feature encoder is not of images
     */
    public Mae(
            MaeConfig config,
            EncoderConfig encoder,
            FeatureEncoder featureEncoder,
            GridPositions positions,
            long seed,
            Device device) {
        config.checkFits(featureEncoder);
        this.config = config;
        this.seed = seed;
        this.encoder = new Encoder(featureEncoder, encoder);
        this.decoder = new MaeDecoder(config.decoder(), encoder.width(), featureEncoder.patchSize(), positions);
        Map<String, Module> beside = new LinkedHashMap<>();
        beside.put("decoder", decoder);
        this.trained = new SingleEncoder(this.encoder, beside, seed, device);
    }

    @Override
    public DrawnBatch draw(Input input, long update) {
        Layout layout = encoder.featureEncoder().layout(input);
        MaskBatch masks = MaskBatch.draw(config.mask(), layout, seed, update, input.ids(), config.clones());
        return DrawnBatch.masked(
                masks,
                "images of one patch leave nothing to predict; use larger images or smaller patches",
                context -> forward(input, masks, context));
    }

    /** The losses under given masks, sample by sample, clones adjacent. */
    public StepResult forward(Input input, MaskBatch masks, StepContext context) {
        MaskIndices view = MaskIndices.of(masks, input.source().device());

        Tensor tokens_BTD = encoder.featureEncoder().tokens(input, masks.layout());
        Encoder.Output encoded_RVD = encoder.encodeVisible(tokens_BTD, view);
        Tensor predicted_NP = decoder.forward(encoded_RVD, view);
        Tensor expected_NP = view.maskedOf(targets(input));

        Tensor sum = F.squaredError(predicted_NP, expected_NP).mean(false, -1).sum();
        List<Diagnostic> diagnostics = context.diagnose()
                ? diagnostics(view, expected_NP, predicted_NP, encoded_RVD, context.statistics())
                : List.of();
        return context.result(List.of(new LossTerm("reconstruction", sum)), diagnostics);
    }

    /** (B, T, P): the pixels of every patch, normalised if the settings say so. */
    public Tensor targets(Input input) {
        Tensor patches_BTP = encoder.featureEncoder().patches(input.source());
        return config.normalizePixels() ? ReconstructionTargets.normalised(patches_BTP) : patches_BTP;
    }

    private static List<Diagnostic> diagnostics(
            MaskIndices view, Tensor expected, Tensor predicted, Encoder.Output encoded, BatchStatistics statistics) {
        return Grad.noGrad(() -> {
            try (Scope pass = Scope.open()) {
                List<Diagnostic> diagnostics = new ArrayList<>();
                diagnostics.add(FeatureDiagnostics.share(view.masks(), statistics));
                diagnostics.add(
                        Diagnostic.Definition.TARGET_STD.of(FeatureDiagnostics.deviation(expected, statistics)));
                diagnostics.add(
                        Diagnostic.Definition.PREDICTION_STD.of(FeatureDiagnostics.deviation(predicted, statistics)));
                diagnostics.add(Diagnostic.Definition.STUDENT_RANK.of(
                        FeatureDiagnostics.effectiveRank(view.visibleRows(encoded.positions()), statistics)));
                diagnostics.addAll(FeatureDiagnostics.stages(encoded, view, statistics));
                return diagnostics;
            }
        });
    }

    @Override
    public String collapseRemedy(String diagnostic) {
        return diagnostic.startsWith("target/")
                ? "check that the images are not blank: the targets are their pixels"
                : "mask fewer patches (mae.mask)";
    }

    @Override
    public SingleEncoder trained() {
        return trained;
    }
}
