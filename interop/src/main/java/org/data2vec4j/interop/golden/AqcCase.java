package org.data2vec4j.interop.golden;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.audio.model.AudioFeatureEncoder;
import org.data2vec4j.interop.fairseq.FairseqAqc;
import org.data2vec4j.interop.fairseq.FairseqData2Vec1;
import org.data2vec4j.interop.fairseq.Wav2Vec2Names;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.method.Diagnostic;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.StepContext;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.method.aqc.Aqc;
import org.data2vec4j.model.method.aqc.AqcConfig;
import org.data2vec4j.model.method.aqc.AqcDraws;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Tensor;

/** data2vec-aqc against the reference: losses, diagnostics, clustered targets and gradients under recorded draws, best entries. */
final class AqcCase {
    private final GoldenCase golden;
    private final AqcConfig config;
    private final Wav2Vec2Names names;
    private final Aqc model;
    private final Input clean;
    private final Input changed;
    private final TensorComparison outputs = new TensorComparison("outputs", 1e-4);

    AqcCase(GoldenCase golden) {
        this.golden = golden;
        FairseqData2Vec1 reference = new FairseqData2Vec1(golden.config());
        names = new Wav2Vec2Names(reference.encoder().block().norm(), "head.layers.0");
        config = new FairseqAqc(golden.config()).method();
        model = config.build(reference.encoder(), reference::featureEncoder, 0, Device.CPU);
        RecordedTensors.load(names.ours(RecordedTensors.under(golden, "param/")), model.weights());
        Map<String, Tensor> ofTeacher = new LinkedHashMap<>();
        RecordedTensors.under(golden, "teacher/").forEach((name, value) -> ofTeacher.put("encoder." + name, value));
        RecordedTensors.load(names.ours(ofTeacher), model.teacher().weights());
        clean = golden.input();
        changed = new Input(golden.tensor("input/augmented"), clean.ids(), clean.lengths());
    }

    /** Whether a case is of this kind. */
    static boolean fits(GoldenCase golden) {
        return golden.config().path("model").has("cluster_factor")
                && golden.file().has("input/cluster_labels");
    }

    List<TensorComparison> run() {
        Layout layout = model.encoder().featureEncoder().layout(clean);
        AqcDraws draws = new AqcDraws(
                MaskBatch.of(RecordedTensors.flags(golden, "input/mask"), layout, 1),
                draws("input/negatives"),
                draws("input/negatives_augmented"),
                (targets_ND, count) -> {
                    outputs.check("output/cluster_data", targets_ND, golden.tensor("output/cluster_data"));
                    outputs.check(
                            "clusters",
                            (double) golden.config().path("n_clusters").asInt(),
                            golden.tensor("output/sample_size").mul(0).add((double) count));
                    return golden.tensor("input/cluster_labels").toLongs();
                });
        StepResult result = model.forward(
                clean, changed, draws, StepContext.single(0, true, draws.masks().masked()));
        double weight = config.contrast().weight();
        int width = model.encoder().config().width();
        check("output/mse_loss", term(result, "regression").mul(Math.sqrt((double) width)));
        check("output/contrastive_loss", term(result, "contrastive").mul(1 / weight));
        check("output/loss_sum/regression", result.total());
        check("output/loss", result.loss());
        Grad.noGrad(() -> check(
                "output/features_pen",
                ((AudioFeatureEncoder) model.encoder().featureEncoder())
                        .extract(clean)
                        .square()
                        .mean()));
        diagnostic(result, "output/prob_perplexity", Diagnostic.Definition.CODE_PROBABILITY_PERPLEXITY.path());
        diagnostic(result, "output/target_var", Diagnostic.Definition.TARGET_STD.path());
        diagnostic(result, "output/pred_var", Diagnostic.Definition.PREDICTION_STD.path());
        outputs.check("output/sample_size", (double) result.count(), golden.tensor("output/sample_size"));
        result.loss().backward();
        return List.of(
                outputs,
                RecordedTensors.gradients(names.ours(RecordedTensors.under(golden, "grad/")), model.weights()));
    }

    private AqcDraws.OfView draws(String negatives) {
        int count = config.contrast().task().negatives();
        return new AqcDraws.OfView(RecordedTensors.negatives(golden, negatives, count), null);
    }

    private static Tensor term(StepResult result, String name) {
        return result.losses().stream()
                .filter(term -> term.name().equals(name))
                .findFirst()
                .map(LossTerm::sum)
                .orElseThrow();
    }

    private void check(String path, Tensor actual) {
        outputs.check(path, actual, golden.tensor(path));
    }

    private void diagnostic(StepResult result, String path, String name) {
        outputs.check(path, RecordedTensors.diagnostic(result, name), golden.tensor(path));
    }
}
