package org.data2vec4j.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.run.TinyRuns.Outcome;

/** Runs of {@code d2v pretrain} on recordings that take a second: a model of a few thousand weights behind three convolutions. */
final class TinySpeech {
    /** The convolutions, which fine-tuning has to know too. */
    static final String EXTRACTOR =
            "audio.feature_encoder.extractor=[{channels: 8, kernel: 10, stride: 5}, {channels: 8, kernel: 8, stride: 8},"
                    + " {channels: 8, kernel: 8, stride: 8}]";

    private TinySpeech() {}

    /** Later words win. */
    static Outcome pretrain(Path run, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "pretrain",
                "recipe=audio-tiny",
                "run=" + run,
                "data=synthetic:12",
                "precision=fp32",
                "device=cpu",
                EXTRACTOR,
                "model.depth=2",
                "model.block.width=16",
                "model.block.heads=2",
                "model.positions.groups=4",
                "data2vec2.clones=2",
                "data2vec2.decoder.width=16",
                "data2vec2.decoder.layers=1",
                "data2vec2.decoder.groups=4",
                "data2vec2.targets.layers=2",
                "train.updates=2",
                "train.threads=1"));
        words.addAll(List.of(more));
        return TinyRuns.d2v(words.toArray(String[]::new));
    }
}
