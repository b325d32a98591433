package org.data2vec4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.data2vec4j.config.ConfigNode;
import org.data2vec4j.config.Overrides;
import org.data2vec4j.config.Sample.BlockMask;
import org.data2vec4j.config.Sample.Layer;
import org.data2vec4j.config.Sample.Model;
import org.data2vec4j.config.Sample.Norm;
import org.data2vec4j.config.Sample.Small;
import org.data2vec4j.config.Sample.Stride;
import org.data2vec4j.config.Sample.TimeSpanMask;
import org.data2vec4j.config.Sample.UniformMaskLaw;
import org.data2vec4j.core.UserException;
import org.data2vec4j.recipe.RecipeFolder;
import org.data2vec4j.recipe.Recipes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeTest {
    private static final RecipeFolder FOLDER = new RecipeFolder("test-recipes");

    private static Small small(String name, String... overrides) {
        return Recipe.load(FOLDER, name, List.of(overrides)).bind(Small.class);
    }

    private static void fails(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(UserException.class).hasMessage(message);
    }

    @Test
    void aBuiltInRecipe() {
        assertThat(FOLDER.names()).containsExactly("base", "child", "circle-a", "circle-b");
        assertThat(small("base"))
                .isEqualTo(new Small(
                        7,
                        new Model(64, 2),
                        new BlockMask(3, 0.8),
                        List.of(new Layer(8, Norm.LAYER), new Layer(16, Norm.LAYER))));
        String text = FOLDER.text("base");
        assertThat(text).isNotNull();
        assertThat(Recipes.headline(text)).isEqualTo("A small model for tests");
        assertThat(Recipes.headline("seed: 1\n# late\n")).isEmpty();
    }

    @Test
    void namesAreFoundInJarsToo(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("some.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String entry : List.of("recipes/", "recipes/a.yaml", "recipes/deep/b.yaml", "other/c.yaml")) {
                out.putNextEntry(new ZipEntry(entry));
            }
        }
        assertThat(RecipeFolder.list(new URI("jar:" + jar.toUri() + "!/recipes").toURL()))
                .containsExactlyInAnyOrder("", "a.yaml");
        assertThat(new RecipeFolder("no/such/folder").names()).isEmpty();
    }

    @Test
    void extendingMergesKeysAndReplacesWhatChangesItsKind() {
        Small child = small("child");
        assertThat(child.seed()).isEqualTo(7);
        assertThat(child.model()).isEqualTo(new Model(128, 2));
        assertThat(child.mask()).isEqualTo(new UniformMaskLaw(0.5));
    }

    @Test
    void overrides() {
        assertThat(small("base", "seed=9", "model.width=1_0").model()).isEqualTo(new Model(10, 2));
        assertThat(small("base", "seed=8", "seed=9").seed()).isEqualTo(9);
        assertThat(small("base", "mask.share=0.25").mask()).isEqualTo(new BlockMask(3, 0.25));
        assertThat(small("base", "mask=block").mask()).isEqualTo(new BlockMask(3, 0.8));
        assertThat(small("base", "mask=time_span").mask()).isEqualTo(new TimeSpanMask());
        assertThat(small("base", "mask=every_nth", "mask.step=2").mask()).isEqualTo(new Stride(2));
        assertThat(small("base", "mask.step=2", "mask.kind=every_nth").mask()).isEqualTo(new Stride(2));
        assertThat(small("base", "mask={kind: every_nth, step: 5}").mask()).isEqualTo(new Stride(5));
        assertThat(small("base", "layers.1.norm=batch").layers().get(1)).isEqualTo(new Layer(16, Norm.BATCH));
        assertThat(small("base", "layers=[]").layers()).isEmpty();
        assertThat(small("base", "layers=[{width: 1}]", "layers.0.width=2").layers())
                .containsExactly(new Layer(2, Norm.LAYER));
    }

    record Text(String path, double rate) {}

    @Test
    void anOverridesTextNeedsNoQuotes() {
        for (String text : List.of("/data/a b", "C:\\data", "a: b", "#1", "x=y", "*", "https://host/x?y#z")) {
            ConfigNode.Mapping layer = Overrides.parse(List.of("path=" + text, "rate=1e-3"));
            assertThat(new Recipe("x", layer, List.of()).bind(Text.class)).isEqualTo(new Text(text, 0.001));
        }
        ConfigNode.Mapping quoted = Overrides.parse(List.of("path=\"1\\n2\"", "rate=1"));
        assertThat(new Recipe("x", quoted, List.of()).bind(Text.class).path()).isEqualTo("1\n2");
    }

    @Test
    void errorsOfOverrides() {
        fails(() -> small("base", "seed"), "command line: seed: expected key=value, such as train.batch=32");
        fails(() -> small("base", "=1"), "command line: =1: expected key=value, such as train.batch=32");
        fails(
                () -> small("base", "model..width=1"),
                "command line: model..width=1: the key has an empty part; expected names with single dots between");
        fails(
                () -> small("base", "model.widht=1"),
                "command line: unknown key model.widht; did you mean width? allowed: width, depth");
        fails(() -> small("base", "model.width=x"), "command line: model.width: expected an integer, found x");
        fails(() -> small("base", "mask.size=0"), "command line: mask.size is 0; allowed: 1 or more");
        fails(
                () -> small("base", "layers=[1"),
                "command line: layers=[1: not valid YAML: while parsing a flow sequence,"
                        + " expected ',' or ']', but got <stream end>");
        fails(
                () -> small("base", "layers.2.width=1"),
                "command line: layers is a list of 2 and has no item 2; allowed: 0 to 1");
    }

    @Test
    void errorsOfNames() {
        fails(
                () -> small("chidl"),
                "unknown recipe chidl; did you mean child? recipes: base, child, circle-a, circle-b");
        fails(() -> small("zebra"), "unknown recipe zebra; recipes: base, child, circle-a, circle-b");
        fails(() -> small("no/such.yaml"), "no/such.yaml does not exist");
        fails(() -> small("../"), ".. is a directory; expected a recipe file");
        fails(
                () -> small("circle-a"),
                "circle-b.yaml:3: extends goes in a circle: circle-a.yaml -> circle-b.yaml -> circle-a.yaml");
    }

    @Test
    void filesExtendBuiltInRecipesAndTheirNeighbours(@TempDir Path folder) throws IOException {
        Path first = Files.writeString(folder.resolve("first.yaml"), "extends: base\nseed: 1\n");
        Path second = Files.writeString(folder.resolve("second.yaml"), "extends: first.yaml\nmodel: {depth: 5}\n");
        Small bound = small(second.toString());
        assertThat(bound.seed()).isEqualTo(1);
        assertThat(bound.model()).isEqualTo(new Model(64, 5));

        Files.writeString(first, "\nextends: [base]\n");
        fails(() -> small(second.toString()), first + ":2: extends: expected text, found a list");
        Files.writeString(first, "extends: bsae\n");
        fails(
                () -> small(second.toString()),
                first + ":1: extends: unknown recipe bsae; did you mean base?"
                        + " recipes: base, child, circle-a, circle-b");
        Files.writeString(first, "extends: gone.yaml\n");
        fails(
                () -> small(second.toString()),
                first + ":1: extends: " + folder.resolve("gone.yaml") + " does not exist");
        Files.writeString(first, "extends: base\nmodel:\n  wdth: 3\n");
        fails(
                () -> small(second.toString()),
                first + ":3: unknown key model.wdth; did you mean width? allowed: width, depth");
        Files.write(first, "seed: é\n".getBytes(StandardCharsets.ISO_8859_1));
        fails(() -> small(first.toString()), first + ": not UTF-8 text");
    }
}
