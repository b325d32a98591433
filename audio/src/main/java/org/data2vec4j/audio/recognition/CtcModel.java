package org.data2vec4j.audio.recognition;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.TargetLabels;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.method.Diagnostic;
import org.data2vec4j.model.method.DrawnBatch;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.StepContext;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.nn.Block;
import org.data2vec4j.model.nn.Linear;
import org.data2vec4j.model.task.TaskModel;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * An encoder of recordings with one linear layer to letters, trained by connectionist temporal classification (Graves et al., 2006;
 * wav2vec 2.0, section 3.3). Letter {@value #BLANK} is the blank. Shapes: B recordings, T frames, V letters.
 */
public final class CtcModel extends TaskModel {
    /** The blank's number. */
    public static final int BLANK = 0;

    private final CtcConfig config;
    private final Linear head;

    /** A model of {@code letters} letters, the blank among them. */
    public CtcModel(CtcConfig config, Encoder encoder, int letters, long seed, Device device) {
        this(config, encoder, Linear.xavier(encoder.config().width(), letters), seed, device);
    }

    private CtcModel(CtcConfig config, Encoder encoder, Linear head, long seed, Device device) {
        super(encoder, config.tokenMask(), config.freeze(), head, 1, seed, device);
        this.config = config;
        this.head = head;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The count is the number of letters. A transcript that needs more frames than its recording has adds nothing; the diagnostic
     * {@code ctc/unspeakable} counts such.
     */
    @Override
    public DrawnBatch draw(Input input, long update) {
        if (!(input.labels() instanceof TargetLabels.Sequences letters)) {
            throw new IllegalArgumentException("a batch without transcripts cannot be learned from");
        }
        Layout layout = encoder().featureEncoder().layout(input);
        Targets targets = Targets.of(letters.sequences(), layout);
        return new DrawnBatch(
                Math.max(1, targets.letters().length), context -> forward(input, layout, targets, context));
    }

    private StepResult forward(Input input, Layout layout, Targets targets, StepContext context) {
        Tensor features_BTD = encode(input, layout, context.update()).positions();
        Tensor logs_BTV = F.logSoftmax(head.forward(F.dropout(features_BTD, config.dropout())));
        Tensor sum = F.ctc(logs_BTV.transpose(0, 1), targets.letters(), targets.frames(), targets.lengths(), BLANK);
        List<Diagnostic> diagnostics =
                context.diagnose() ? List.of(new Diagnostic("ctc/unspeakable", targets.unspeakable())) : List.of();
        return context.result(List.of(new LossTerm("ctc", sum)), diagnostics);
    }

    /** Log-probabilities of the letters at each frame, (B, T, V) in float32, nothing hidden or recorded. */
    public Tensor logProbabilities(Input input) {
        return Grad.noGrad(() -> {
            try (Scope pass = Scope.open()) {
                List<Tensor> logs = new ArrayList<>();
                for (Input slice : encoder().slices(input)) {
                    logs.add(Scope.lean(() -> slice(slice)));
                }
                return pass.keep(logs.size() == 1 ? logs.get(0) : Tensors.cat(logs, 0));
            }
        });
    }

    private Tensor slice(Input input) {
        Tensor features_BSD = encoder().forward(input, Block.Visitor.NONE);
        return F.logSoftmax(head.forward(
                Encoder.withoutExtra(features_BSD, encoder().config().extraTokens())));
    }

    /** What the loss is told: all letters in a row, and each sample's frames and letters. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once
    private record Targets(long[] letters, long[] frames, long[] lengths, int unspeakable) {
        static Targets of(int[][] sequences, Layout layout) {
            List<Long> all = new ArrayList<>();
            long[] frames = new long[sequences.length];
            long[] lengths = new long[sequences.length];
            int unspeakable = 0;
            for (int i = 0; i < sequences.length; i++) {
                frames[i] = layout.length(i);
                lengths[i] = sequences[i].length;
                long needed = sequences[i].length;
                for (int j = 0; j < sequences[i].length; j++) {
                    all.add((long) sequences[i][j]);
                    needed += j > 0 && sequences[i][j] == sequences[i][j - 1] ? 1 : 0; // a blank between twins
                }
                unspeakable += needed > frames[i] ? 1 : 0;
            }
            return new Targets(all.stream().mapToLong(Long::longValue).toArray(), frames, lengths, unspeakable);
        }
    }
}
