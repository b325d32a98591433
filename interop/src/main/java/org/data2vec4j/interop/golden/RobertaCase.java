package org.data2vec4j.interop.golden;

import java.util.List;
import org.data2vec4j.interop.fairseq.FairseqRoberta;
import org.data2vec4j.interop.fairseq.RobertaNames;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.MaskIndices;
import org.data2vec4j.model.encoder.Padding;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.mask.TokenReplacement;
import org.data2vec4j.model.method.StepContext;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.method.roberta.Roberta;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.text.model.TextFeatureEncoder;

/** RoBERTa's masked language model against the reference: features, scores, loss and gradients on recorded replacements. */
final class RobertaCase {
    private final GoldenCase golden;
    private final Roberta model;
    private final Input input;
    private final TokenReplacement masked;
    private final TensorComparison outputs = new TensorComparison("outputs", 1e-4);

    RobertaCase(GoldenCase golden) {
        this.golden = golden;
        FairseqRoberta reference = new FairseqRoberta(golden.config());
        int width = reference.encoder().width();
        model = reference
                .method()
                .build(reference.encoder(), () -> new TextFeatureEncoder(reference.text(), width), 0, Device.CPU);
        RecordedTensors.load(RobertaNames.ours(RecordedTensors.under(golden, "param/")), model.weights());
        Tensor target = golden.tensor("input/target");
        input = new Input(target, new long[(int) target.size(0)]);
        masked = masked(golden.config().path("mask").asLong());
    }

    /** Whether a case is of this kind. */
    static boolean fits(GoldenCase golden) {
        return golden.file().has("param/encoder.lm_head.dense.weight")
                && golden.file().has("input/target");
    }

    /** The recorded texts, where the mask token stands at every place to predict. */
    private TokenReplacement masked(long token) {
        long[] seen = golden.tensor("input/source").toLongs();
        boolean[] places = new boolean[seen.length];
        for (int i = 0; i < seen.length; i++) {
            places[i] = seen[i] == token;
        }
        Layout layout = model.encoder().featureEncoder().layout(input);
        return new TokenReplacement(MaskBatch.of(places, layout, 1), seen);
    }

    List<TensorComparison> run() {
        Grad.noGrad(() -> {
            // Features at padding, where the reference's tokens are 0, reach no other position: they are left out.
            Tensor valid = Padding.input(masked.masks().layout(), Device.CPU);
            Tensor features = model.encoder().forward(input).features_BTD();
            outputs.check(
                    "output/features",
                    Padding.zeroed(features, valid),
                    Padding.zeroed(golden.tensor("output/features"), valid));
            MaskIndices view = MaskIndices.of(masked.masks(), Device.CPU);
            outputs.check(
                    "output/logits", model.scores(model.encode(input, masked), view), golden.tensor("output/logits"));
        });
        model.train(true);
        StepResult result = model.forward(
                input, masked, StepContext.single(0, true, masked.masks().masked()));
        outputs.check("output/loss_sum/mlm", result.total(), golden.tensor("output/loss_sum/mlm"));
        outputs.check("output/sample_size", (double) result.count(), golden.tensor("output/sample_size"));
        outputs.check("output/loss", result.loss(), golden.tensor("output/loss"));
        result.loss().backward();
        return List.of(
                outputs,
                RecordedTensors.gradients(RobertaNames.ours(RecordedTensors.under(golden, "grad/")), model.weights()));
    }
}
