package org.data2vec4j.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.run.TinyRuns.Outcome;

/** Runs of {@code d2v pretrain} on text that take a second: a model of a few thousand weights on sequences of 16 tokens. */
final class TinyTexts {
    private TinyTexts() {}

    static Outcome pretrain(Path run, String... more) {
        return TinyRuns.d2v(words(run, more).toArray(String[]::new));
    }

    /** The words of a tiny run; later ones win. */
    static List<String> words(Path run, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "pretrain",
                "recipe=text-tiny",
                "run=" + run,
                "data=synthetic:60",
                "precision=fp32",
                "device=cpu",
                "text.vocabulary=300",
                "text.length=16",
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
                "checkpoint.every_updates=2"));
        words.addAll(List.of(more));
        return words;
    }
}
