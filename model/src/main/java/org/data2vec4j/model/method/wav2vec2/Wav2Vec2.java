package org.data2vec4j.model.method.wav2vec2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.contrast.Contrast;
import org.data2vec4j.model.contrast.ContrastHead;
import org.data2vec4j.model.contrast.Negatives;
import org.data2vec4j.model.encoder.ContinuousFeatureEncoder;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.MaskEmbedding;
import org.data2vec4j.model.encoder.MaskIndices;
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
import org.data2vec4j.model.quantizer.GumbelNoise;
import org.data2vec4j.model.quantizer.GumbelQuantizer;
import org.data2vec4j.model.quantizer.Quantized;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.distributed.BatchStatistics;

/**
 * wav2vec 2.0 (Baevski et al., 2020): the encoder sees a recording with spans replaced by one learned vector, and tells the
 * quantised features of each masked place from those of other masked places of the same recording. Shapes: B recordings, T
 * positions, C channels of the extractor, N masked in all, K negatives, D width.
 */
public final class Wav2Vec2 implements SingleEncoderMethod {
    private final Wav2Vec2Config config;
    private final long seed;
    private final ContinuousFeatureEncoder audio;
    private final Encoder encoder;
    private final MaskEmbedding mask;
    private final GumbelQuantizer quantiser;
    private final ContrastHead head;
    private final SingleEncoder trained;

    /**
     * A new model, begun by {@code seed}; its memory belongs to the {@link Scope} open now.
     *
     * @throws UserException if the feature encoder is not of recordings
     */
    public Wav2Vec2(
            Wav2Vec2Config config, EncoderConfig encoder, FeatureEncoder featureEncoder, long seed, Device device) {
        ContinuousFeatureEncoder ofRecordings = Wav2Vec2Config.continuous(featureEncoder);
        this.config = config;
        this.seed = seed;
        this.audio = ofRecordings;
        this.encoder = new Encoder(ofRecordings, encoder);
        this.mask = MaskEmbedding.uniform(encoder.width());
        this.quantiser = new GumbelQuantizer(config.quantizer(), ofRecordings.channels());
        this.head = new ContrastHead(
                encoder.width(), config.quantizer().width(), config.contrast().width());
        Map<String, Module> beside = new LinkedHashMap<>();
        beside.put("mask", mask);
        beside.put("quantiser", quantiser);
        beside.put("contrast", head);
        this.trained = new SingleEncoder(this.encoder, beside, seed, device);
    }

    @Override
    public DrawnBatch draw(Input input, long update) {
        Wav2Vec2Draws draws = choose(input, update);
        return DrawnBatch.masked(
                draws.masks(),
                "recordings of one position leave nothing to predict; use longer recordings",
                context -> forward(input, draws, context));
    }

    /** What is random in an update; the quantiser's choices are in training only. */
    Wav2Vec2Draws choose(Input input, long update) {
        long[] ids = input.ids();
        MaskBatch masks = MaskBatch.draw(config.mask(), audio.layout(input), seed, update, ids, 1);
        return new Wav2Vec2Draws(
                masks,
                Negatives.draw(masks, config.contrast().negatives(), seed, update, ids, 0),
                quantiser.training() ? GumbelNoise.draw(config.quantizer(), masks, seed, update, ids, 0) : null);
    }

    /** The losses under given draws. */
    public StepResult forward(Input input, Wav2Vec2Draws draws, StepContext context) {
        MaskBatch masks = draws.masks();
        Pass pass = pass(input, draws);
        List<LossTerm> losses = new ArrayList<>();
        losses.add(new LossTerm("contrastive", Contrast.loss(pass.scores_NK())));
        losses.addAll(Penalties.of(config.penalty(), pass.quantised(), pass.extracted_BTC(), masks.layout(), context));
        return context.result(losses, context.diagnose() ? diagnostics(draws, pass, context.statistics()) : List.of());
    }

    /** (N, 1 + K): how each masked position scores the candidates, its own target first; −∞ for those with its own codes. */
    public Tensor scores(Input input, Wav2Vec2Draws draws) {
        return pass(input, draws).scores_NK();
    }

    private record Pass(Tensor extracted_BTC, Tensor context_ND, Quantized quantised, Tensor scores_NK) {}

    private Pass pass(Input input, Wav2Vec2Draws draws) {
        MaskIndices view = MaskIndices.of(draws.masks(), input.source().device());
        Tensor extracted_BTC = audio.extract(input);
        Tensor normalised_BTC = audio.normalize(extracted_BTC);
        Tensor tokens_BTD = audio.project(normalised_BTC);
        Encoder.Output encoded_BTD = encoder.encode(mask.hide(tokens_BTD, view), view.layout());
        Tensor context_ND = view.maskedOf(encoded_BTD.positions());

        double dropout = quantiser.training() ? config.featureDropout() : 0;
        Tensor features_NC = F.dropout(view.maskedOf(normalised_BTC), dropout);
        Quantized quantised = quantiser.forward(features_NC, draws.noise());
        return new Pass(extracted_BTC, context_ND, quantised, scores(context_ND, quantised, draws.negatives()));
    }

    private Tensor scores(Tensor context_ND, Quantized quantised, Negatives negatives) {
        Tensor scores_NK = Contrast.scores(
                head.context(context_ND),
                head.targets(quantised.vectors_ND()),
                negatives,
                config.contrast().temperature());
        boolean[] same = negatives.alike(
                quantised.chosen_NG().toLongs(), config.quantizer().groups());
        return Contrast.without(scores_NK, same);
    }

    private static List<Diagnostic> diagnostics(Wav2Vec2Draws draws, Pass pass, BatchStatistics statistics) {
        return Grad.noGrad(() -> {
            try (Scope scope = Scope.open()) {
                Quantized quantised = pass.quantised();
                List<Diagnostic> diagnostics = new ArrayList<>();
                diagnostics.add(FeatureDiagnostics.share(draws.masks(), statistics));
                diagnostics.add(new Diagnostic("prediction/accuracy", Contrast.accuracy(pass.scores_NK(), statistics)));
                diagnostics.add(Diagnostic.Definition.PREDICTION_STD.of(
                        FeatureDiagnostics.deviation(pass.context_ND(), statistics)));
                diagnostics.add(Diagnostic.Definition.TARGET_STD.of(
                        FeatureDiagnostics.deviation(quantised.vectors_ND(), statistics)));
                diagnostics.addAll(quantised.diagnostics(statistics));
                if (draws.noise() != null) {
                    diagnostics.add(
                            new Diagnostic("codes/temperature", draws.noise().temperature()));
                }
                diagnostics.add(Diagnostic.Definition.STUDENT_RANK.of(
                        FeatureDiagnostics.effectiveRank(pass.context_ND(), statistics)));
                return diagnostics;
            }
        });
    }

    @Override
    public String collapseRemedy(String diagnostic) {
        return "raise penalty.diversity";
    }

    @Override
    public SingleEncoder trained() {
        return trained;
    }
}
