package org.data2vec4j.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.model.AudioConfig;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.mask.RectangleMask;
import org.data2vec4j.model.method.data2vec1.Data2Vec1Config;
import org.data2vec4j.model.method.mae.MaeConfig;
import org.data2vec4j.model.method.mae.MaeDecoderConfig;
import org.data2vec4j.model.method.roberta.RobertaConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.TrainConfig;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.train.run.PretrainConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The benches of methods other than data2vec 2.0. */
class BenchMethodsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static PretrainConfig config(String name) {
        return Bench.named(name).setup().config(Precision.FP32, 1, 5);
    }

    static List<String> others() {
        return Bench.names().stream().filter(name -> name.contains("-")).toList();
    }

    @ParameterizedTest
    @MethodSource("others")
    void theInputsAndTheSizeOfTheEncoderAreTheFirstBenchs(String name) {
        PretrainConfig base = config(name.substring(name.indexOf('-') + 1));
        PretrainConfig other = config(name);
        assertThat(other.modality().getClass()).isEqualTo(base.modality().getClass());
        if (base.modality() instanceof ImageModality image) {
            assertThat(((ImageModality) other.modality()).image()).isEqualTo(image.image());
        } else {
            assertThat(other.modality()).isEqualTo(base.modality());
        }
        assertThat(other.train()).isEqualTo(base.train());
        assertThat(other.optimizer()).isEqualTo(base.optimizer());
        assertThat(other.model().width()).isEqualTo(base.model().width());
        assertThat(other.model().block().heads()).isEqualTo(base.model().block().heads());
        assertThat(BenchBase.blocks(other)).isEqualTo(BenchBase.blocks(base));
        assertThat(other.model().extraTokens()).isEqualTo(base.model().extraTokens());
        assertThat(other.method().title()).isNotEqualTo(base.method().title());
        assertThat(other.method().clones()).isEqualTo(1);
    }

    @Test
    void theNumbersOfTheMethods() {
        MaeConfig mae = (MaeConfig) config("mae-image").method();
        assertThat(mae).isEqualTo(new MaeConfig(1, new RandomMask(0.75), new MaeDecoderConfig(128, 8, 4), true));
        assertThat(config("mae-image").model().block().norm()).isEqualTo(NormPlacement.PRE);
        Data2Vec1Config image = (Data2Vec1Config) config("data2vec1-image").method();
        assertThat(image.mask()).isEqualTo(new RectangleMask(0.6, 5, 0.3));
        assertThat(image.targets().layers()).isEqualTo(6);
        assertThat(((Data2Vec1Config) config("data2vec1-text").method())
                        .targets()
                        .layers())
                .isEqualTo(5);
        assertThat(((RobertaConfig) config("roberta-text").method())
                        .replacement()
                        .token())
                .isEqualTo(4);
        assertThat(((AudioModality) config("aqc-audio").modality()).maxSeconds())
                .isEqualTo(4);
    }

    @Test
    void theSecondDataVecHasTwoNames() {
        assertThat(Bench.named("data2vec2-audio")).isEqualTo(Bench.named("audio"));
        assertThat(Bench.names()).doesNotHaveDuplicates();
    }

    /** The bench with its method as it is behind few, narrow blocks, on less data. */
    private static Bench shrunk(String name) {
        return new Bench(name, (precision, threads, updates) -> {
            PretrainConfig whole = Bench.named(name).setup().config(precision, threads, updates);
            EncoderConfig model = whole.model();
            BlockConfig block = model.block();
            TrainConfig train = whole.train();
            Modality modality = whole.modality();
            if (modality instanceof AudioModality) {
                modality = AudioModality.of(AudioConfig.of(8), 1, 1, 0);
            } else if (modality instanceof TextModality) {
                modality = TextModality.of(300, 32).withDropout(0);
            }
            return new PretrainConfig(
                    whole.seed(),
                    precision,
                    "cpu",
                    whole.data(),
                    whole.run(),
                    modality,
                    new EncoderConfig(
                            0,
                            model.depth(),
                            model.extraTokens(),
                            new BlockConfig(
                                    16, 2, 1, block.norm(), block.normEpsilon(), 0, 0, 0, 0, block.layerScale()),
                            model.positions(),
                            model.bias(),
                            0,
                            0),
                    whole.method(),
                    whole.optimizer(),
                    whole.schedule(),
                    new TrainConfig(updates, 2, 1, threads, 1, train.clip(), 1, 1),
                    whole.checkpoint(),
                    whole.guard(),
                    whole.evaluate());
        });
    }

    private String print(String name, BenchReport.Form form) {
        new BenchReport(shrunk(name), new BenchRun.Settings(List.of(Precision.FP32), 1, 1, false))
                .print(new PrintWriter(out, true), new PrintWriter(err, true), form);
        return out.toString();
    }

    @ParameterizedTest
    @MethodSource("others")
    void theirUpdatesAreTimed(String name) {
        String samples = Map.of("image", "images", "audio", "recordings", "text", "texts")
                .get(name.substring(name.indexOf('-') + 1));
        JsonNode json = JsonMapper.shared().readTree(print(name, BenchReport.Form.JSON));
        assertThat(json.get("name").asString()).isEqualTo(name);
        JsonNode part = json.get("float32");
        assertThat(part.get(samples + "_per_second").asDouble()).isPositive();
        assertThat(part.get("median_ms").asDouble()).isPositive();
        assertThat(json.get("flops_per_update").asLong()).isPositive();
        assertThat(part.has("images_per_second")).isEqualTo(samples.equals("images"));
    }

    @Test
    void theTableCountsWhatTheSamplesAre() {
        assertThat(print("roberta-text", BenchReport.Form.TABLE))
                .contains(" texts/s ")
                .doesNotContain("images");
    }
}
