package org.data2vec4j.interop.golden;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.data2vec4j.image.model.ImageFeatureEncoder;
import org.data2vec4j.interop.fairseq.FairseqMae;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.method.StepContext;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.method.mae.Mae;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;

/**
 * MAE against the reference: loss and gradients under the masks that the recorded noise gives. The cases hold random numbers in
 * place of the fixed positions too, so those are taken from them.
 */
final class MaeCase {
    private final GoldenCase golden;
    private final FairseqMae reference;
    private final Mae model;
    private final Input input;
    private final Layout layout;
    private final TensorComparison outputs = new TensorComparison("outputs", 1e-4);

    MaeCase(GoldenCase golden) {
        this.golden = golden;
        reference = new FairseqMae(golden.config().path("model"));
        Map<String, Tensor> recorded = RecordedTensors.under(golden, "param/");
        Tensor positions_TD = reference.positions(recorded);
        Tensor ofDecoder_TC = reference.decoderPositions(recorded);
        EncoderConfig encoder = reference.encoder();
        model = new Mae(
                reference.method(),
                encoder,
                new ImageFeatureEncoder(reference.image(), encoder.width(), (grid, device) -> positions_TD),
                (grid, device) -> ofDecoder_TC,
                0,
                Device.CPU);
        RecordedTensors.load(reference.ours(reference.withoutClsPositions(recorded)), model.weights());
        input = golden.input();
        layout = model.encoder().featureEncoder().layout(input);
    }

    /** Whether a case is of this kind. */
    static boolean fits(GoldenCase golden) {
        return golden.config().path("model").has("norm_pix_loss")
                && golden.file().has("input/noise");
    }

    List<TensorComparison> run() {
        model.train(true);
        MaskBatch masks = masks();
        StepResult result = model.forward(input, masks, StepContext.single(0, true, masks.masked()));
        outputs.check("output/loss_sum/regression", result.total(), golden.tensor("output/loss_sum/regression"));
        outputs.check("output/sample_size", (double) result.count(), golden.tensor("output/sample_size"));
        outputs.check("output/loss", result.loss(), golden.tensor("output/loss"));
        result.loss().backward();
        return List.of(
                outputs,
                RecordedTensors.gradients(reference.ours(RecordedTensors.under(golden, "grad/")), model.weights()));
    }

    /** The patches with the least noise stay visible. */
    private MaskBatch masks() {
        int size = layout.grid().size();
        float[] noise = golden.tensor("input/noise").toFloats();
        int visible = size - reference.method().mask().masked(layout.grid());
        boolean[] masked = new boolean[noise.length];
        for (int start = 0; start < noise.length; start += size) {
            IntStream.range(start, start + size)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> noise[i]))
                    .skip(visible)
                    .forEach(i -> masked[i] = true);
        }
        return MaskBatch.of(masked, layout, 1);
    }
}
