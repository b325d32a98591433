package org.data2vec4j.interop.golden;

import java.util.List;
import org.data2vec4j.interop.fairseq.Data2Vec1Names;
import org.data2vec4j.interop.fairseq.FairseqData2Vec1;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.Padding;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.method.Diagnostic;
import org.data2vec4j.model.method.StepContext;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.method.data2vec1.Data2Vec1;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Tensor;

/** data2vec 1 in any modality against the reference: features, loss, diagnostics and gradients under recorded masks. */
final class Data2Vec1Case {
    private final GoldenCase golden;
    private final FairseqData2Vec1 reference;
    private final Data2Vec1Names names;
    private final Data2Vec1 model;
    private final Input input;
    private final Input seen;
    private final Layout layout;
    private final TensorComparison outputs = new TensorComparison("outputs", 1e-4);

    Data2Vec1Case(GoldenCase golden) {
        this.golden = golden;
        reference = new FairseqData2Vec1(golden.config());
        names = new Data2Vec1Names(reference);
        model = reference.method().build(reference.encoder(), reference::featureEncoder, 0, Device.CPU);
        RecordedTensors.load(names.ours(RecordedTensors.under(golden, "param/")), model.weights());
        RecordedTensors.load(
                names.ofTeacher(RecordedTensors.under(golden, "teacher/")),
                model.teacher().weights());
        seen = golden.input();
        input = text() ? new Input(golden.tensor("input/target"), seen.ids()) : seen;
        layout = model.encoder().featureEncoder().layout(input);
    }

    /** Whether a case is of this kind. */
    static boolean fits(GoldenCase golden) {
        boolean predicts =
                golden.file().has("param/mask_emb") || golden.file().has("param/encoder.regression_head.0.weight");
        boolean distils = golden.config().path("model").has("average_top_k_layers");
        return predicts && distils && !golden.file().has("input/negatives"); // which data2vec-aqc needs
    }

    private boolean text() {
        return reference.modality() == FairseqData2Vec1.Modality.TEXT;
    }

    List<TensorComparison> run() {
        Grad.noGrad(() -> {
            // Features at padding reach no other place: they are left out.
            Tensor valid = Padding.input(layout, Device.CPU);
            Tensor features = model.encoder().forward(input).positions();
            outputs.check(
                    "output/features",
                    Padding.zeroed(features, valid),
                    Padding.zeroed(golden.tensor("output/features"), valid));
        });
        model.train(true);
        MaskBatch masks = MaskBatch.of(masked(), layout, 1);
        StepResult result = model.forward(input, seen, masks, StepContext.single(0, true, masks.masked()));
        Tensor sum = golden.tensor(text() ? "output/loss_sum/main" : "output/loss_sum/regression");
        outputs.check("output/loss_sum", result.total(), sum);
        outputs.check("output/sample_size", (double) result.count(), golden.tensor("output/sample_size"));
        outputs.check("output/loss", result.loss(), golden.tensor("output/loss"));
        diagnostic(result, "output/target_var", Diagnostic.Definition.TARGET_STD.path());
        diagnostic(result, "output/pred_var", Diagnostic.Definition.PREDICTION_STD.path());
        result.loss().backward();
        return List.of(
                outputs,
                RecordedTensors.gradients(names.ours(RecordedTensors.under(golden, "grad/")), model.weights()));
    }

    private void diagnostic(StepResult result, String path, String name) {
        if (golden.file().has(path)) {
            outputs.check(path, RecordedTensors.diagnostic(result, name), golden.tensor(path));
        }
    }

    /** The recorded masks; for texts the places where the mask token stands. */
    private boolean[] masked() {
        float[] flags = golden.tensor(text() ? "input/source" : "input/mask").toFloats();
        double hidden = text() ? golden.config().path("mask").asDouble() : 1;
        boolean[] masked = new boolean[flags.length];
        for (int i = 0; i < flags.length; i++) {
            masked[i] = flags[i] == hidden;
        }
        return masked;
    }
}
