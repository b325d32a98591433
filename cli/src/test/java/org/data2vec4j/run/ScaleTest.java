package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.data2vec4j.run.TinyRuns.Outcome;
import org.junit.jupiter.api.Test;

class ScaleTest {
    @Test
    void printsWhatALargerBatchChanges() {
        Outcome four = TinyRuns.d2v("scale", "recipe=image-tiny", "batch=128");
        assertThat(four.code()).as(four.err()).isZero();
        assertThat(four.out().lines().map(line -> line.replaceAll(" +#", " #")))
                .containsExactly(
                        "# 32 samples an update become 128: 4.000 times",
                        "train.batch=128 # was 32",
                        "optimizer.learning_rate=0.002 # was 0.001",
                        "train.updates=625 # was 2500",
                        "guard.after_updates=125 # was 500",
                        "schedule.warmup=50 # was 200",
                        "data2vec2.teacher.anneal_updates=375 # was 1500",
                        "data2vec2.teacher.start=0.96059601 # was 0.99",
                        "data2vec2.teacher.end=0.996005996 # was 0.999");
        Outcome half = TinyRuns.d2v("scale", "recipe=image-tiny", "batch=16", "rule=linear", "train.updates=3");
        assertThat(half.out()).contains("learning_rate=5.0E-4", "train.updates=6 ");
        Outcome much = TinyRuns.d2v("scale", "recipe=image-tiny", "batch=320000");
        assertThat(much.out()).as("a warm-up stays one").contains("train.updates=1 ", "schedule.warmup=1 ");
        Outcome twice = TinyRuns.d2v("scale", "recipe=aqc-tiny", "batch=2", "train.batch=1");
        assertThat(twice.out())
                .contains("audio.batch_seconds=48.0 ", "aqc.teacher.end=", "aqc.contrast.codes.temperature.decay=");
    }

    @Test
    void badWordsAreRefused() {
        assertThat(TinyRuns.d2v("scale", "recipe=image-tiny").err()).contains("batch");
        assertThat(TinyRuns.d2v("scale", "recipe=image-tiny", "batch=0").err())
                .contains("batch is 0; allowed: a positive multiple of train.accumulate, 1");
        assertThat(TinyRuns.d2v("scale", "recipe=image-tiny", "batch=5", "train.accumulate=2")
                        .err())
                .contains("train.accumulate, 2");
        assertThat(TinyRuns.d2v("scale", "recipe=image-tiny", "batch=64", "rule=cubic")
                        .err())
                .contains("rule is 'cubic'; allowed: sqrt, linear");
    }
}
