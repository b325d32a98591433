package org.data2vec4j.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Models of a few thousand weights. */
final class TinySettings {
    private TinySettings() {}

    static List<String> images(Path run, String... more) {
        List<String> settings = shared(run);
        settings.addAll(List.of("data=synthetic:40", "image.size=16", "model.prenet=1", "data2vec2.targets.layers=2"));
        settings.addAll(List.of(more));
        return settings;
    }

    static List<String> recordings(Path run, String... more) {
        List<String> settings = shared(run);
        settings.addAll(List.of(
                "data=synthetic-units:30",
                "audio.min_seconds=0.1",
                "audio.min_crop_seconds=0.2",
                "audio.max_seconds=0.5",
                "audio.batch_seconds=3",
                "model.positions.layers=1",
                "model.positions.groups=2",
                "data2vec2.targets.layers=2"));
        settings.addAll(List.of(more));
        return settings;
    }

    static List<String> texts(Path run, String... more) {
        List<String> settings = shared(run);
        settings.addAll(
                List.of("data=synthetic:60", "text.vocabulary=300", "text.length=16", "data2vec2.targets.layers=2"));
        settings.addAll(List.of(more));
        return settings;
    }

    private static List<String> shared(Path run) {
        return new ArrayList<>(List.of(
                "run=" + run,
                "precision=fp32",
                "device=cpu",
                "model.depth=2",
                "model.block.width=16",
                "model.block.heads=2",
                "data2vec2.clones=2",
                "data2vec2.decoder.width=16",
                "data2vec2.decoder.layers=1",
                "data2vec2.decoder.groups=2",
                "train.updates=50",
                "train.batch=4",
                "train.threads=1",
                "train.log_every=1",
                "train.diagnose_every=25",
                "checkpoint.every_updates=20"));
    }
}
