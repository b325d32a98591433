package org.data2vec4j.examples;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import org.data2vec4j.Evaluation;
import org.data2vec4j.RunFolder;

/** What a run directory holds: where training stands, its losses, and its scores, which are measured if they are not there yet. */
public final class RunSummary {
    private RunSummary() {}

    /** {@code RunSummary RUN [KEY=VALUE …]}, as {@code d2v evaluate} takes them. */
    public static void main(String[] args) {
        String[] settings = new String[args.length - 1];
        System.arraycopy(args, 1, settings, 0, settings.length);
        run(Path.of(args[0]), settings, System.out);
    }

    static void run(Path path, String[] settings, PrintStream out) {
        RunFolder run = RunFolder.of(path);
        RunFolder.State state = run.state();
        out.println(state == null ? "no checkpoint yet" : "update " + state.update());
        for (RunFolder.Point loss : run.metric("loss")) {
            out.println(String.format(Locale.ROOT, "update %d: loss %.4f", loss.update(), loss.value()));
        }
        Evaluation.Result stored = run.scores();
        Evaluation.Result scores =
                stored == null ? Evaluation.of(path).with(settings).run() : stored;
        for (Evaluation.Score score : scores.scores()) {
            out.println(String.format(
                    Locale.ROOT,
                    "%s of %s, labels %.0f %%: %.1f %%",
                    score.probe(),
                    score.subject(),
                    100 * score.share(),
                    score.median()));
        }
    }
}
