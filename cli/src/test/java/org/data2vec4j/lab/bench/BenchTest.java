package org.data2vec4j.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.data2vec4j.cli.D2v;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.model.ImageConfig;
import org.data2vec4j.model.decoder.ConvDecoderConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.loss.RegressionLoss;
import org.data2vec4j.model.mask.BlockEdges;
import org.data2vec4j.model.mask.InverseBlockMask;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.method.data2vec2.Data2Vec2Config;
import org.data2vec4j.model.method.data2vec2.Data2Vec2LossConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.teacher.TargetNormalization;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.model.teacher.TeacherPart;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.data.TextBatch;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.run.PretrainConfig;
import org.data2vec4j.version.Version;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchTest {
    private static final List<String> PART =
            List.of("median_ms", "p10_ms", "p90_ms", "images_per_second", "peak_mb", "roofline_share", "matrix_gflops");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return D2v.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private void small(BenchReport.Form form, boolean profile, Precision... precisions) {
        new BenchReport(SmallBench.BENCH, new BenchRun.Settings(List.of(precisions), 2, 1, profile))
                .print(new PrintWriter(out, true), new PrintWriter(err, true), form);
    }

    @Test
    void theNumbersOfImage() {
        PretrainConfig config = BenchImage.config(Precision.BF16, 1, 23);
        assertThat(((ImageModality) config.modality()).image()).isEqualTo(new ImageConfig(32, 3, 4));
        assertThat(config.model())
                .isEqualTo(
                        new EncoderConfig(2, 10, 1, new BlockConfig(192, 3, 4, NormPlacement.POST, 1e-6, 0, 0, 0, 0)));
        Data2Vec2Config method = (Data2Vec2Config) config.method();
        assertThat(method.clones()).isEqualTo(8);
        assertThat(method.mask()).isEqualTo(new InverseBlockMask(0.8, 3, 0.07, BlockEdges.UNBIASED));
        assertThat(method.decoder()).isEqualTo(new ConvDecoderConfig(192, 6, 3, 16, true, 1, 2, 0.01, 0));
        assertThat(method.targets())
                .isEqualTo(new TargetsConfig(
                        10,
                        TargetsConfig.Feature.FEED_FORWARD,
                        List.of(TargetNormalization.INSTANCE_NORM),
                        List.of(TargetNormalization.LAYER_NORM)));
        assertThat(method.loss()).isEqualTo(new Data2Vec2LossConfig(new RegressionLoss.L2(), null, 0.01, 0));
        assertThat(config.train().batch()).isEqualTo(32);
        assertThat(config.train().accumulate()).isEqualTo(1);
        assertThat(config.train().clip()).isEqualTo(4);
        assertThat(config.train().updates()).isEqualTo(23);
        assertThat(config.train().threads()).isEqualTo(1);
        assertThat(config.precision()).isEqualTo(Precision.BF16);
    }

    @Test
    void theNumbersOfText() {
        PretrainConfig config = BenchText.config(Precision.FP32, 2, 23);
        TextModality text = (TextModality) config.modality();
        assertThat(text.vocabulary()).isEqualTo(8000);
        assertThat(text.length()).isEqualTo(256);
        assertThat(text.dropout()).isZero();
        assertThat(config.model())
                .isEqualTo(
                        new EncoderConfig(0, 6, 0, new BlockConfig(384, 6, 4, NormPlacement.POST, 1e-5, 0, 0, 0, 0)));
        Data2Vec2Config method = (Data2Vec2Config) config.method();
        assertThat(method.clones()).isEqualTo(8);
        assertThat(method.mask()).isEqualTo(new RandomMask(0.48));
        assertThat(method.decoder()).isEqualTo(new ConvDecoderConfig(384, 5, 9, 1, false, 2, 2, 0.01, 0));
        assertThat(method.targets())
                .isEqualTo(new TargetsConfig(
                        6, TargetsConfig.Feature.FEED_FORWARD, List.of(TargetNormalization.INSTANCE_NORM), List.of()));
        assertThat(method.teacher().part()).isEqualTo(TeacherPart.BLOCKS);
        assertThat(config.train().batch()).isEqualTo(4);
        TextBatch batch = (TextBatch) new RandomBatches(config, 2).of(1);
        assertThat(batch.lengths()).containsExactly(256, 256, 256, 256);
        assertThat(IntStream.of(batch.tokens())).hasSize(1024).allMatch(token -> token >= 5 && token < 8000);
    }

    @Test
    void jsonOfBothPrecisions() {
        small(BenchReport.Form.JSON, true, Precision.FP32); // what is looked up once stays
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        long before = Native.livePointers();
        small(BenchReport.Form.JSON, true, Precision.FP32, Precision.BF16);
        assertThat(Native.livePointers()).isLessThanOrEqualTo(before);

        JsonNode json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.propertyNames())
                .containsExactly(
                        "name",
                        "best_median_ms",
                        "best_precision",
                        "float32",
                        "bfloat16",
                        "peak_mb",
                        "roofline_share",
                        "flops_per_update",
                        "threads",
                        "updates",
                        "machine",
                        "version");
        for (String precision : List.of("float32", "bfloat16")) {
            JsonNode part = json.get(precision);
            assertThat(part.propertyNames()).containsAll(PART).contains("phases_ms", "operators");
            assertThat(part.get("operators")).anySatisfy(operator -> {
                assertThat(operator.get("operator").asString()).isEqualTo("linear");
                assertThat(operator.get("place").asString()).isEqualTo("Linear.forward of Attention.forward");
                assertThat(operator.get("calls").asInt()).isPositive();
                assertThat(operator.get("forward_ms").asDouble()).isPositive();
                assertThat(operator.get("backward_ms").asDouble()).isPositive();
            });
            assertThat(part.get("p10_ms").asDouble())
                    .isPositive()
                    .isLessThanOrEqualTo(part.get("median_ms").asDouble());
            assertThat(part.get("p90_ms").asDouble())
                    .isGreaterThanOrEqualTo(part.get("median_ms").asDouble());
            assertThat(part.get("phases_ms").propertyNames())
                    .containsExactly("batch to device", "forward", "backward", "clip", "optimiser", "teacher moves");
        }
        String best = json.get("best_precision").asString();
        assertThat(json.get("best_median_ms")).isEqualTo(json.get(best).get("median_ms"));
        assertThat(json.get("flops_per_update").asLong()).isEqualTo(316_160);
        assertThat(json.get("threads").asInt()).isEqualTo(1);
        assertThat(json.get("updates").asInt()).isEqualTo(2);
        assertThat(json.get("machine").get("native").asString()).startsWith("libtorch ");
        assertThat(json.get("machine").get("cores").asInt()).isPositive();
        assertThat(json.get("version").asString()).isEqualTo(Version.number());
        assertThat(err.toString().lines())
                .containsExactly(
                        "bench small: float32, 3 updates to warm up, 2 timed",
                        "bench small: bfloat16, 3 updates to warm up, 2 timed");
    }

    @Test
    void tableWithPhases() {
        small(BenchReport.Form.TABLE, true, Precision.FP32, Precision.BF16);
        assertThat(out.toString())
                .startsWith("bench small on cpu: 0.0 GFLOP of matrix products per update, 2 timed updates, 1 thread(s)")
                .containsPattern("(?m)^float32 .*%")
                .containsPattern("(?m)^bfloat16 .*%")
                .containsOnlyOnce("%  best")
                .containsPattern("(?m)^teacher moves +\\d");
    }

    @Test
    void imageEndToEnd() {
        assertThat(run("bench", "image", "--json", "--updates", "1", "--precision", "fp32"))
                .isZero();
        JsonNode json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.get("name").asString()).isEqualTo("image");
        assertThat(json.get("best_precision").asString()).isEqualTo("float32");
        assertThat(json.get("bfloat16").isNull()).isTrue();
        assertThat(json.get("float32").has("phases_ms")).isFalse();
        assertThat(json.get("roofline_share").asDouble()).isPositive();
    }

    @Test
    void optionsThatABenchDoesNotHaveAreRefused() {
        assertThat(run("bench", "exchange", "--threads", "1")).isEqualTo(1);
        assertThat(run("bench", "inference", "--precision", "fp32")).isEqualTo(1);
        assertThat(run("bench", "scaling", "--profile")).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "d2v: bench exchange has no --threads; leave it out",
                        "d2v: bench inference has no --precision; leave it out",
                        "d2v: bench scaling has no --profile; leave it out");
    }

    @Test
    void whatMakesNoSenseIsRefusedBeforeWorkStarts() {
        assertThat(run("bench", "sound")).isEqualTo(1);
        assertThat(run("bench", "image", "--updates", "0")).isEqualTo(1);
        assertThat(run("bench", "image", "--precision", "int8")).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "d2v: unknown bench sound; there is image, audio, text, data2vec1-image, mae-image, data2vec1-audio,"
                                + " aqc-audio, wav2vec2-audio, data2vec1-text, roberta-text",
                        "d2v: --updates is 0; allowed: 1 to 1000000",
                        "d2v: --precision is int8; allowed: fp32, bf16, both");
        assertThat(run("bench")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }
}
