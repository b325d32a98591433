package org.data2vec4j.run;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.cli.D2v;

/** Runs of {@code d2v pretrain} that take a second: a model of a few thousand weights on pictures of 16 pixels. */
final class TinyRuns {
    private TinyRuns() {}

    /** What a command line printed and returned. */
    record Outcome(int code, String out, String err) {}

    static Outcome d2v(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = D2v.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
        return new Outcome(code, out.toString(), err.toString());
    }

    static Outcome pretrain(Path run, String... more) {
        return d2v(words(run, more).toArray(String[]::new));
    }

    /** The words of a tiny run; later ones win. */
    static List<String> words(Path run, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "pretrain",
                "recipe=image-tiny",
                "run=" + run,
                "data=synthetic:40",
                "precision=fp32",
                "device=cpu",
                "image.size=16",
                "model.prenet=1",
                "model.depth=2",
                "model.block.width=16",
                "model.block.heads=2",
                "data2vec2.clones=2",
                "data2vec2.decoder.width=16",
                "data2vec2.decoder.layers=1",
                "data2vec2.targets.layers=2",
                "train.updates=6",
                "train.batch=4",
                "train.threads=1",
                "train.log_every=1",
                "train.diagnose_every=3",
                "checkpoint.every_updates=2",
                "evaluate.bank=20",
                "evaluate.queries=8"));
        words.addAll(List.of(more));
        return words;
    }
}
