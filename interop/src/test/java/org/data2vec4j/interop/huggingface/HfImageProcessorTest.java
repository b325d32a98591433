package org.data2vec4j.interop.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.data.Augmentation;
import org.data2vec4j.image.data.ImageDecoder;
import org.data2vec4j.image.data.ImageSize;
import org.data2vec4j.image.data.ImageTransform;
import org.data2vec4j.image.data.Normalization;
import org.data2vec4j.image.data.RgbImage;
import org.data2vec4j.tensor.safetensors.SafeTensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pictures of 80×48 and 50×100 pixels, prepared as transformers 4.57 and 5.18 do, which was recorded by peers/image_processors.py. */
class HfImageProcessorTest {
    private static final ImageSize SIZE = ImageSize.square(32);

    private static Path recorded(String name) throws Exception {
        return Path.of(HfImageProcessorTest.class
                .getResource("/image-processors/" + name)
                .toURI());
    }

    static Stream<String> cases() throws Exception {
        return JsonMapper.shared().readTree(Files.readString(recorded("cases.json"))).propertyNames().stream();
    }

    private static HfImageProcessor processor(JsonNode settings) {
        return new HfImageProcessor(new HfConfig(settings), "data2vec-vision");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void picturesArePreparedAsTheProcessorDoes(String name) throws Exception {
        JsonNode settings = JsonMapper.shared()
                .readTree(Files.readString(recorded("cases.json")))
                .path(name);
        HfImageProcessor processor = processor(settings);
        Normalization norm = processor.normalization();
        try (SafeTensorsFile expected = SafeTensorsFile.open(recorded("expected.safetensors"))) {
            for (String picture : new String[] {"tall", "wide"}) {
                RgbImage image = ImageDecoder.decode(Files.readAllBytes(recorded(picture + ".png")), true);
                ImageTransform transform =
                        new ImageTransform(SIZE, Augmentation.evaluation(processor.preparation(SIZE)), norm);
                float[] values = new float[transform.length()];
                transform.apply(image, Rng.of(0), values, 0);
                ByteBuffer levels = expected.entry(name + "/" + picture).data();
                for (int i = 0; i < values.length; i++) {
                    int color = i / SIZE.pixels();
                    double level = 255
                            * (values[i] * norm.std().get(color) + norm.mean().get(color));
                    assertThat(level)
                            .as(picture + " " + i)
                            .isBetween((levels.get(i) & 0xFF) - 0.01, (levels.get(i) & 0xFF) + 0.01);
                }
            }
        }
    }

    /** What is recorded are levels, so the factor, the mean and the deviation are checked here. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|0.5|0.5",
                "{'image_mean': 0.25, 'image_std': 0.125}|0.25|0.125",
                "{'do_normalize': false, 'image_mean': 0.25}|0|1",
                "{'do_rescale': false, 'image_mean': 102, 'image_std': 51}|0.4|0.2",
                "{'do_rescale': false, 'do_normalize': false}|0|0.00392156862745098",
                "{'rescale_factor': 0.00784313725490196, 'image_mean': 1, 'image_std': 1}|0.5|0.5"
            })
    void scalesAreFolded(String settings, double mean, double std) throws Exception {
        Normalization norm = processor(JsonMapper.shared()
                        .readTree(settings.replace('\'', '"')
                                .replaceFirst("^\\{", "{\"size\": 32" + (settings.equals("{}") ? "" : ","))))
                .normalization();
        assertThat(norm.mean().get(1)).isCloseTo(mean, within(1e-12));
        assertThat(norm.std().get(2)).isCloseTo(std, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'do_center_crop': null|do_center_crop is left out; allowed: a value; transformers 4 and 5 take different ones",
                "'size': null|size is left out",
                "'size': 48|size is 48; allowed: the model's image_size, 32",
                "'do_center_crop': true, 'crop_size': null|crop_size is left out",
                "'do_center_crop': true, 'crop_size': 16|crop_size is 16; allowed: the model's image_size, 32",
                "'do_resize': false|do_resize is false; allowed: pictures of one size",
                "'size': {'shortest_edge': 32}|size is {\"shortest_edge\":32}; allowed: pictures of one size",
                "'size': {'longest_edge': 32}|size is {\"longest_edge\":32}; allowed: a side, [height, width]",
                "'resample': 7|resample is 7; allowed: 0 to 5",
                "'do_pad': true|do_pad is true; allowed: false",
                "'image_mean': [1, 2]|image_mean is [1,2]; allowed: 3 numbers, or one for all",
                "'image_processor_type': 'ConvNextImageProcessor'|image_processor_type is \"ConvNextImageProcessor\"",
                "'image_processor_type': 'ViTImageProcessor', 'do_center_crop': true|do_center_crop is true; allowed: false"
            })
    void whatCannotBeDoneIsRefusedByName(String change, String message) {
        Map<String, Object> settings = new LinkedHashMap<>(Map.of("size", 32, "do_center_crop", false));
        JsonMapper.shared()
                .readTree("{" + change.replace('\'', '"') + "}")
                .properties()
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue()));
        HfImageProcessor processor = processor(JsonMapper.shared().valueToTree(settings));
        assertThatThrownBy(() -> {
                    processor.preparation(SIZE);
                    processor.normalization();
                })
                .isInstanceOf(UserException.class)
                .hasMessageContaining(message);
    }

    @Test
    void withoutSettingsPicturesAreSquashedAsPublished() {
        HfImageProcessor processor = processor(JsonMapper.shared().createObjectNode());
        assertThat(processor.preparation(SIZE).describe(SIZE)).contains("Exact[size=32]", "BICUBIC");
        assertThat(processor.normalization()).isEqualTo(Normalization.GENERIC);
    }
}
