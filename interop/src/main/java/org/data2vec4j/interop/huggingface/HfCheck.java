package org.data2vec4j.interop.huggingface;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.data2vec4j.core.UserException;
import org.data2vec4j.interop.fairseq.FeatureCheck;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.OutputPooling;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.SafeTensors;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.safetensors.SafeTensorsFile;

/**
 * Compares an imported encoder, and the folder's own head over it, with what Hugging Face gave: an input ({@code pixel_values},
 * {@code input_values} or {@code input_ids}, perhaps {@code attention_mask}), {@code last_hidden_state}, {@code pooler_output} and {@code logits}. What
 * stands at padding is not compared.
 */
public final class HfCheck {
    private static final List<String> INPUTS = List.of("pixel_values", "input_values", "input_ids");

    private static final String POOLED = "pooler_output";

    private HfCheck() {}

    /** Runs the recorded input, dropout off, and compares. */
    public static FeatureCheck.Result run(Path recorded, HfFolder folder, HfModel model, Encoder encoder) {
        List<String> lines = new ArrayList<>();
        boolean passed = true;
        encoder.train(false);
        try (SafeTensorsFile file = SafeTensorsFile.open(recorded);
                Scope scope = Scope.open()) {
            Input input = input(file);
            Encoder.Output output = Grad.noGrad(() -> encoder.forward(input));
            Layout layout = encoder.featureEncoder().layout(input);
            Tensor hidden_BTD = output.features_BTD();
            IntPredicate counted = counted(hidden_BTD, layout, output.extraTokens());
            passed &= FeatureCheck.compare(file, "last_hidden_state", hidden_BTD, counted, lines);
            Tensor pooled_BD = Grad.noGrad(() -> encoder.pooled(output, layout));
            passed &= vector(file, encoder, pooled_BD, lines);
            Tensor logits = Grad.noGrad(() -> model.logits(folder, output, pooled_BD));
            if (logits != null) {
                IntPredicate all =
                        logits.shape().length == 3 ? counted(logits, layout, output.extraTokens()) : i -> true;
                passed &= FeatureCheck.compare(file, "logits", logits, all, lines);
            } else if (file.has("logits")) {
                lines.add("not compared  logits: the folder has no head of a kind known here");
            }
        }
        return new FeatureCheck.Result(lines, passed && !lines.isEmpty());
    }

    /** What {@code embed} gives, with what the model calls {@code pooler_output}, where both are the same quantity. */
    private static boolean vector(SafeTensorsFile file, Encoder encoder, Tensor pooled_BD, List<String> lines) {
        OutputPooling pooling = encoder.config().pooling();
        if (file.has(POOLED) && pooling != OutputPooling.CLS && pooling != OutputPooling.NORMED_MEAN) {
            lines.add("not compared  " + POOLED + ": a vector here is the mean of last_hidden_state");
            return true;
        }
        return FeatureCheck.compare(file, POOLED, pooled_BD, i -> true, lines);
    }

    private static Input input(SafeTensorsFile file) {
        String name = INPUTS.stream().filter(file::has).findFirst().orElse(null);
        if (name == null) {
            throw new UserException(file.path() + " has no input to run; allowed: " + String.join(", ", INPUTS));
        }
        Tensor source = SafeTensors.read(file, name);
        long[] ids = new long[Math.toIntExact(source.size(0))];
        return file.has("attention_mask")
                ? new Input(source, ids, lengths(SafeTensors.read(file, "attention_mask")))
                : new Input(source, ids);
    }

    private static int[] lengths(Tensor mask_BT) {
        long[] mask = mask_BT.toLongs();
        int width = Math.toIntExact(mask_BT.size(1));
        int[] lengths = new int[Math.toIntExact(mask_BT.size(0))];
        for (int i = 0; i < mask.length; i++) {
            lengths[i / width] += mask[i] == 0 ? 0 : 1;
        }
        return lengths;
    }

    /** Which of (B, T, D) values do not stand at padding. */
    private static IntPredicate counted(Tensor x_BTD, Layout layout, int extra) {
        int positions = Math.toIntExact(x_BTD.size(1));
        int width = Math.toIntExact(x_BTD.size(2));
        return i -> i / width % positions < extra + layout.length(i / width / positions);
    }
}
