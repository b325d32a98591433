package org.data2vec4j.interop.golden;

import java.util.List;
import org.data2vec4j.audio.model.AudioFeatureEncoder;
import org.data2vec4j.interop.fairseq.FairseqWav2Vec2;
import org.data2vec4j.interop.fairseq.Wav2Vec2Names;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.method.Diagnostic;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.StepContext;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.method.wav2vec2.Wav2Vec2;
import org.data2vec4j.model.method.wav2vec2.Wav2Vec2Draws;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/** wav2vec 2.0 against the reference: features, scores, losses and gradients under recorded masks and negatives, best entries. */
final class Wav2Vec2Case {
    /** In place of −∞, and below any cosine over the temperature. */
    private static final float LEFT_OUT = -1000;

    private final GoldenCase golden;
    private final Wav2Vec2Names names;
    private final Wav2Vec2 model;
    private final Input input;
    private final Wav2Vec2Draws draws;
    private final TensorComparison outputs = new TensorComparison("outputs", 1e-4);

    Wav2Vec2Case(GoldenCase golden) {
        this.golden = golden;
        FairseqWav2Vec2 reference = new FairseqWav2Vec2(golden.config());
        names = new Wav2Vec2Names(reference.encoder().block().norm(), "contrast.context");
        int width = reference.encoder().width();
        model = reference
                .method()
                .build(reference.encoder(), () -> new AudioFeatureEncoder(reference.audio(), width), 0, Device.CPU);
        RecordedTensors.load(names.ours(RecordedTensors.under(golden, "param/")), model.weights());
        input = golden.input();
        Layout layout = model.encoder().featureEncoder().layout(input);
        draws = new Wav2Vec2Draws(
                MaskBatch.of(RecordedTensors.flags(golden, "input/mask"), layout, 1),
                RecordedTensors.negatives(
                        golden, "input/negatives", reference.method().contrast().negatives()),
                null);
    }

    /** Whether a case is of this kind. */
    static boolean fits(GoldenCase golden) {
        return golden.config().path("model").path("quantize_targets").asBoolean()
                && golden.file().has("input/negatives");
    }

    List<TensorComparison> run() {
        Grad.noGrad(() -> {
            outputs.check(
                    "output/features", model.encoder().forward(input).features_BTD(), golden.tensor("output/features"));
            Tensor scores_NK = model.scores(input, draws);
            outputs.check("output/logits", asRecorded(scores_NK), leftOut(golden.tensor("output/logits")));
        });
        StepResult result = model.forward(
                input, draws, StepContext.single(0, true, draws.masks().masked()));
        for (LossTerm term : result.losses()) {
            String name = term.name().equals("features") ? "features_pen" : term.name();
            outputs.check("output/loss_sum/" + name, term.sum(), golden.tensor("output/loss_sum/" + name));
        }
        for (String kind : List.of("code", "prob")) {
            String diagnostic = kind.equals("code")
                    ? Diagnostic.Definition.CODE_PERPLEXITY.path()
                    : Diagnostic.Definition.CODE_PROBABILITY_PERPLEXITY.path();
            String path = "output/" + kind + "_perplexity";
            outputs.check(path, RecordedTensors.diagnostic(result, diagnostic), golden.tensor(path));
        }
        outputs.check("output/sample_size", (double) result.count(), golden.tensor("output/sample_size"));
        outputs.check("output/loss", result.loss(), golden.tensor("output/loss"));
        result.loss().backward();
        return List.of(
                outputs,
                RecordedTensors.gradients(names.ours(RecordedTensors.under(golden, "grad/")), model.weights()));
    }

    /** The reference's scores run over positions first, then recordings. */
    private Tensor asRecorded(Tensor scores_NK) {
        long candidates = scores_NK.size(1);
        return leftOut(scores_NK
                .view(draws.masks().rows(), -1, candidates)
                .transpose(0, 1)
                .reshape(-1, candidates));
    }

    private static Tensor leftOut(Tensor scores) {
        float[] values = scores.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] == Float.NEGATIVE_INFINITY ? LEFT_OUT : values[i];
        }
        return Tensors.of(values, scores.shape());
    }
}
