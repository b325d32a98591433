package org.data2vec4j.model.method.wav2vec2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.contrast.Contrast;
import org.data2vec4j.model.contrast.ContrastHead;
import org.data2vec4j.model.contrast.Negatives;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.method.Health;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.Monitor;
import org.data2vec4j.model.method.SslMethod;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.modality.Encoder;
import org.data2vec4j.model.modality.EncoderConfig;
import org.data2vec4j.model.modality.FrontEnd;
import org.data2vec4j.model.modality.Input;
import org.data2vec4j.model.modality.MaskEmbedding;
import org.data2vec4j.model.modality.MaskedView;
import org.data2vec4j.model.modality.audio.AudioFrontEnd;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.model.quantise.GumbelNoise;
import org.data2vec4j.model.quantise.GumbelQuantiser;
import org.data2vec4j.model.quantise.Quantised;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;

/**
 * wav2vec 2.0 (Baevski et al., 2020): the encoder sees a recording with spans replaced by one learned vector, and tells the
 * quantised features of each masked place from those of other masked places of the same recording. Shapes: B recordings, T
 * positions, C channels of the extractor, N masked in all, K negatives, D width.
 */
public final class Wav2Vec2 implements SslMethod {
    private final Wav2Vec2Config config;
    private final long seed;
    private final AudioFrontEnd audio;
    private final Encoder encoder;
    private final MaskEmbedding mask;
    private final GumbelQuantiser quantiser;
    private final ContrastHead head;
    private final Weights weights;

    /**
     * A new model, begun by {@code seed}; its memory belongs to the {@link Scope} open now.
     *
     * @throws UserException if the front end is not of recordings
     */
    public Wav2Vec2(Wav2Vec2Config config, EncoderConfig encoder, FrontEnd frontEnd, long seed, Device device) {
        if (!(frontEnd instanceof AudioFrontEnd ofRecordings)) {
            throw new UserException(
                    "wav2vec2 quantises the features of recordings; for other data choose another method");
        }
        this.config = config;
        this.seed = seed;
        this.audio = ofRecordings;
        this.encoder = new Encoder(ofRecordings, encoder);
        this.mask = MaskEmbedding.uniform(encoder.width());
        this.quantiser =
                new GumbelQuantiser(config.quantiser(), ofRecordings.config().channels());
        this.head = new ContrastHead(
                encoder.width(), config.quantiser().width(), config.contrast().width());
        Map<String, Module> modules = new LinkedHashMap<>();
        modules.put("encoder", this.encoder);
        modules.put("mask", mask);
        modules.put("quantiser", quantiser);
        modules.put("contrast", head);
        this.weights = Weights.allocate(device, modules);
        weights.initialise(seed);
        weights.trainable();
    }

    @Override
    public StepResult forward(Input input, long update, boolean observe) {
        return forward(input, draw(input, update), observe);
    }

    /** What is random in an update; the quantiser's choices are in training only. */
    Draws draw(Input input, long update) {
        long[] ids = input.ids();
        MaskBatch masks = MaskBatch.draw(config.mask(), audio.layout(input), seed, update, ids, 1);
        return new Draws(
                masks,
                Negatives.draw(masks, config.contrast().negatives(), seed, update, ids, 0),
                quantiser.training() ? GumbelNoise.draw(config.quantiser(), masks, seed, update, ids, 0) : null);
    }

    /** {@link #forward(Input, long, boolean)} under given draws. */
    public StepResult forward(Input input, Draws draws, boolean observe) {
        MaskBatch masks = draws.masks();
        if (masks.masked() == 0) {
            throw new UserException("nothing is masked: recordings of one position leave nothing to predict; use longer"
                    + " recordings");
        }
        Pass pass = pass(input, draws);
        long count = masks.masked();
        List<LossTerm> losses = new ArrayList<>();
        losses.add(new LossTerm("contrastive", Contrast.loss(pass.scores_NK())));
        losses.addAll(Penalties.of(config.penalty(), pass.quantised(), pass.extracted_BTC(), masks.layout(), count));
        return new StepResult(losses, count, observe ? monitors(draws, pass) : List.of());
    }

    /** (N, 1 + K): how each masked position scores the candidates, its own target first; −∞ for those with its own codes. */
    public Tensor scores(Input input, Draws draws) {
        return pass(input, draws).scores_NK();
    }

    private record Pass(Tensor extracted_BTC, Tensor context_ND, Quantised quantised, Tensor scores_NK) {}

    private Pass pass(Input input, Draws draws) {
        MaskedView view = MaskedView.of(draws.masks(), input.source().device());
        Tensor extracted_BTC = audio.extract(input);
        Tensor normalised_BTC = audio.normalised(extracted_BTC);
        Tensor tokens_BTD = audio.project(normalised_BTC);
        Encoder.Output encoded_BTD = encoder.encode(mask.hide(tokens_BTD, view), view.layout());
        Tensor context_ND = view.maskedOf(encoded_BTD.positions());

        double dropout = quantiser.training() ? config.featureDropout() : 0;
        Tensor features_NC = F.dropout(view.maskedOf(normalised_BTC), dropout);
        Quantised quantised = quantiser.forward(features_NC, draws.noise());
        return new Pass(extracted_BTC, context_ND, quantised, scores(context_ND, quantised, draws.negatives()));
    }

    private Tensor scores(Tensor context_ND, Quantised quantised, Negatives negatives) {
        Tensor scores_NK = Contrast.scores(
                head.context(context_ND),
                head.targets(quantised.vectors_ND()),
                negatives,
                config.contrast().temperature());
        boolean[] same = negatives.alike(
                quantised.chosen_NG().toLongs(), config.quantiser().groups());
        return Contrast.without(scores_NK, same);
    }

    private static List<Monitor> monitors(Draws draws, Pass pass) {
        return Grad.off(() -> {
            try (Scope scope = Scope.open()) {
                Quantised quantised = pass.quantised();
                List<Monitor> monitors = new ArrayList<>();
                monitors.add(Health.share(draws.masks()));
                monitors.add(new Monitor("prediction/accuracy", Contrast.accuracy(pass.scores_NK())));
                monitors.add(new Monitor("prediction/deviation", Health.deviation(pass.context_ND())));
                monitors.add(new Monitor("target/deviation", Health.deviation(quantised.vectors_ND())));
                monitors.addAll(quantised.monitors());
                if (draws.noise() != null) {
                    monitors.add(new Monitor("codes/temperature", draws.noise().temperature()));
                }
                monitors.add(new Monitor("health/student_rank", Health.effectiveRank(pass.context_ND())));
                return monitors;
            }
        });
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public Map<String, Encoder> encoders() {
        return Map.of("encoder", encoder);
    }

    /** The encoder. */
    public Encoder encoder() {
        return encoder;
    }

    @Override
    public void train(boolean on) {
        encoder.train(on);
        quantiser.train(on);
    }
}
