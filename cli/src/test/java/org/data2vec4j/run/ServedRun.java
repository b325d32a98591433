package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A tiny run and an index of pictures in two classes, of which {@code copy.png} is that of {@code odd/7.png}.
 *
 * @param run the run directory
 * @param data the pictures
 * @param index of them
 */
record ServedRun(Path run, Path data, Path index) {
    static final int PICTURES = 24;

    static ServedRun make(Path folder) throws IOException {
        ServedRun made = new ServedRun(folder.resolve("run"), folder.resolve("data"), folder.resolve("pictures.index"));
        assertThat(TinyRuns.pretrain(made.run, "train.updates=2").code()).isZero();
        for (int i = 0; i < PICTURES; i++) {
            IndexTest.picture(made.data.resolve((i % 2 == 0 ? "even/" : "odd/") + i + ".png"), i);
        }
        Files.copy(made.data.resolve("odd/7.png"), made.data.resolve("odd/copy.png"));
        TinyRuns.Outcome outcome =
                TinyRuns.d2v("index", "run=" + made.run, "data=" + made.data, "output=" + made.index);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return made;
    }

    Path picture(int number) {
        return data.resolve((number % 2 == 0 ? "even/" : "odd/") + number + ".png");
    }
}
