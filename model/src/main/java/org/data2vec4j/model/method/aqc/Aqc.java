package org.data2vec4j.model.method.aqc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.contrast.KMeans;
import org.data2vec4j.model.contrast.Negatives;
import org.data2vec4j.model.encoder.ContinuousFeatureEncoder;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.InputAugmenter;
import org.data2vec4j.model.encoder.MaskEmbedding;
import org.data2vec4j.model.encoder.MaskIndices;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.method.Diagnostic;
import org.data2vec4j.model.method.DrawnBatch;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.StepContext;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.method.TeacherStudent;
import org.data2vec4j.model.method.TeacherStudentMethod;
import org.data2vec4j.model.method.wav2vec2.Penalties;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Projection;
import org.data2vec4j.model.quantizer.GumbelNoise;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * data2vec-aqc (Lodagala et al., 2022): the student hears a changed recording with masked places and predicts there what the teacher
 * makes of the clean one; student and teacher each also tell the quantised features of the other's recording apart. Shapes: B
 * recordings, T positions, C channels of the extractor, N masked in all, D width.
 */
public final class Aqc implements TeacherStudentMethod {
    private static final long CLUSTERS =
            0x636C7573746572L; // "cluster": keeps this stream apart from other uses of the seed

    private final AqcConfig config;
    private final long seed;
    private final ContinuousFeatureEncoder audio;
    private final InputAugmenter augmenter;
    private final Encoder student;
    private final MaskEmbedding mask;
    private final @Nullable Projection head;
    private final @Nullable CrossContrast contrast;
    private final TeacherStudent teacherStudent;
    private boolean training;

    /**
     * A new model, begun by {@code seed}; its memory belongs to the {@link Scope} open now.
     *
     * @param featureEncoder makes the feature encoder; called twice, for student and teacher
     * @throws UserException if the feature encoder is not of recordings, or background noise cannot be opened
     */
    public Aqc(
            AqcConfig config,
            EncoderConfig encoder,
            Supplier<? extends FeatureEncoder> featureEncoder,
            long seed,
            Device device) {
        config.checkFits(encoder);
        ContinuousFeatureEncoder ofRecordings = AqcConfig.continuous(featureEncoder.get());
        this.config = config;
        this.seed = seed;
        this.audio = ofRecordings;
        this.augmenter = audio.augmenter(config.augment(), seed);
        this.student = new Encoder(audio, encoder);
        this.mask = MaskEmbedding.uniform(encoder.width());
        this.head = config.head().build(encoder.width());
        this.contrast = config.contrast().weight() == 0
                ? null
                : new CrossContrast(config.contrast(), audio.channels(), encoder.width());
        this.teacherStudent = new TeacherStudent(
                student,
                new Encoder(featureEncoder.get(), encoder),
                beside(),
                config.teacher(),
                config.targets(),
                seed,
                device);
    }

    private Map<String, Module> beside() {
        Map<String, Module> beside = new LinkedHashMap<>();
        beside.put("mask", mask);
        if (head != null) {
            beside.put("head", head);
        }
        if (contrast != null) {
            beside.putAll(contrast.modules());
        }
        return beside;
    }

    @Override
    public DrawnBatch draw(Input input, long update) {
        AqcDraws draws = choose(input, update);
        return DrawnBatch.masked(
                draws.masks(),
                "recordings of one position leave nothing to predict; use longer recordings",
                context -> forward(input, changed(input, update), draws, context));
    }

    /** The recordings as the student hears them in an update: the input itself where no change is set. */
    Input changed(Input input, long update) {
        if (config.augment().isEmpty()) {
            return input;
        }
        return augmenter.augment(input, update);
    }

    /** What is random in an update; the quantiser's choices are in training only. */
    AqcDraws choose(Input input, long update) {
        MaskBatch masks = MaskBatch.draw(config.mask(), audio.layout(input), seed, update, input.ids(), 1);
        int iterations = config.contrast().clusters() instanceof ClustersConfig.KMeans kMeans ? kMeans.iterations() : 0;
        return new AqcDraws(
                masks,
                choose(masks, input.ids(), update, 0),
                choose(masks, input.ids(), update, 1),
                (targets_ND, count) -> KMeans.labels(targets_ND, count, iterations, Rng.of(seed, CLUSTERS, update)));
    }

    private AqcDraws.OfView choose(MaskBatch masks, long[] ids, long update, int view) {
        boolean random = training && config.contrast().weight() > 0;
        GumbelNoise noise = random && config.contrast().codes() instanceof CodesConfig.Gumbel gumbel
                ? GumbelNoise.draw(gumbel.quantiser(), masks, seed, update, ids, view)
                : null;
        int negatives = config.contrast().task().negatives();
        return new AqcDraws.OfView(Negatives.draw(masks, negatives, seed, update, ids, view), noise);
    }

    /** The losses with given changes and draws. */
    public StepResult forward(Input clean, Input changed, AqcDraws draws, StepContext context) {
        MaskBatch masks = draws.masks();
        Layout layout = masks.layout();
        MaskIndices view = MaskIndices.of(masks, clean.source().device());

        Heard cleanly = hear(clean);
        Heard asChanged = changed.equals(clean) ? cleanly : hear(changed);
        Encoder.Output encoded_BTD = student.encode(mask.hide(asChanged.tokens_BTD(), view), layout);
        Tensor features_ND = view.maskedOf(encoded_BTD.positions());
        Tensor predicted_ND = (head == null ? features_ND : head.forward(features_ND)).to(DType.F32);
        Tensor targets_BTD = teacherStudent.targets(clean, cleanly.tokens_BTD(), layout, context.statistics());
        Tensor expected_ND = view.maskedOf(targets_BTD);

        List<LossTerm> losses = new ArrayList<>();
        losses.add(new LossTerm(
                "regression",
                config.loss()
                        .regression()
                        .total(predicted_ND, expected_ND, config.loss().scale())));
        CrossContrast.@Nullable Result cross = null;
        if (contrast != null) {
            cross = contrast.forward(
                    new CrossContrast.Side(view.maskedOf(cleanly.normalised_BTC()), features_ND, draws.clean()),
                    new CrossContrast.Side(view.maskedOf(asChanged.normalised_BTC()), expected_ND, draws.changed()),
                    layout.grid().size(),
                    draws.clusters(),
                    context.statistics());
            losses.add(new LossTerm(
                    "contrastive", cross.loss().mul(config.contrast().weight())));
            losses.addAll(Penalties.of(
                    config.contrast().penalty(), cross.quantised(), cleanly.extracted_BTC(), layout, context));
        }
        List<Diagnostic> diagnostics = context.diagnose()
                ? AqcDiagnostics.of(
                        view, expected_ND, predicted_ND, targets_BTD, encoded_BTD, cross, context.statistics())
                : List.of();
        return context.result(losses, diagnostics);
    }

    /** What the feature encoder makes of recordings, step by step. */
    private record Heard(Tensor extracted_BTC, Tensor normalised_BTC, Tensor tokens_BTD) {}

    private Heard hear(Input input) {
        Tensor extracted_BTC = audio.extract(input);
        Tensor normalised_BTC = audio.normalize(extracted_BTC);
        return new Heard(extracted_BTC, normalised_BTC, audio.project(normalised_BTC));
    }

    @Override
    public TeacherStudent teacherStudent() {
        return teacherStudent;
    }

    @Override
    public String collapseRemedy(String diagnostic) {
        return diagnostic.startsWith("codes/")
                ? "raise contrast.penalty.diversity"
                : TeacherStudentMethod.super.collapseRemedy(diagnostic);
    }

    @Override
    public void train(boolean on) {
        training = on;
        student.train(on);
        if (head != null) {
            head.train(on);
        }
    }
}
