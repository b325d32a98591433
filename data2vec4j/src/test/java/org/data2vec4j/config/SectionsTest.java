package org.data2vec4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.Recipe;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.ImageSize;
import org.data2vec4j.model.method.data2vec2.Data2Vec2Config;
import org.data2vec4j.train.run.PretrainConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SectionsTest {
    @TempDir
    Path folder;

    private PretrainConfig read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("recipe.yaml"), text);
        return Recipe.load(file.toString(), List.of()).bind(PretrainConfig.class);
    }

    private static PretrainConfig tiny(String... overrides) {
        return Recipe.load("image-tiny", List.of(overrides)).bind(PretrainConfig.class);
    }

    @Test
    void theSectionThatIsThereChoosesTheRecord() {
        PretrainConfig config = tiny("image.size=64", "data2vec2.clones=3");
        assertThat(config.modality()).isInstanceOf(ImageModality.class);
        assertThat(((ImageModality) config.modality()).size()).isEqualTo(ImageSize.square(64));
        assertThat(((Data2Vec2Config) config.method()).clones()).isEqualTo(3);
    }

    @Test
    void whatIsWrittenBindsToAnEqualRecord() throws IOException {
        PretrainConfig config = tiny();
        String text = YamlWriter.write(config);
        assertThat(text).contains("\nimage:\n", "\ndata2vec2:\n").doesNotContain("modality:", "method:");
        assertThat(read(text)).isEqualTo(config);
    }

    @Test
    void noneOrAnUnknownSectionIsRefusedByName() {
        String text = YamlWriter.write(tiny());
        String without = text.replace("\ndata2vec2:\n", "\nother:\n");
        assertThatThrownBy(() -> read(without))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("unknown key other")
                .hasMessageContaining("data2vec2");
        String cut = text.substring(0, text.indexOf("data2vec2:")) + text.substring(text.indexOf("optimizer:"));
        assertThatThrownBy(() -> read(cut)).hasMessageContaining("missing section; allowed: exactly one of data2vec2");
    }

    @Test
    void aMistakeInASectionIsNamedWithItsPath() {
        assertThatThrownBy(() -> tiny("image.patch=5"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("image.patch is 5");
        assertThatThrownBy(() -> tiny("data2vec2.clone=5")).hasMessageContaining("did you mean clones?");
    }
}
