package org.data2vec4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the module declarations export to everyone: a type there cannot be changed without changing programs that use it. */
class ExportsTest {
    private static final int MOST_TYPES = 150;
    private static final Pattern EXPORT_TO_EVERYONE = Pattern.compile("exports ([\\w.]+);");
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "^public (?:(?:static|abstract|final|sealed|non-sealed) )*(?:class|interface|record|enum) ",
            Pattern.MULTILINE);

    @Test
    void publicTypesForEveryoneAreFew() throws IOException {
        List<Path> types;
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            types = modules.map(module -> module.resolve("src/main/java"))
                    .filter(sources -> Files.exists(sources.resolve("module-info.java")))
                    .flatMap(ExportsTest::exportedPackages)
                    .flatMap(ExportsTest::publicTypes)
                    .toList();
        }
        assertThat(types.size())
                .as("public types in packages exported to everyone (.ci/count-house shows where they are)")
                .isBetween(50, MOST_TYPES);
    }

    private static Stream<Path> exportedPackages(Path sources) {
        return EXPORT_TO_EVERYONE
                .matcher(read(sources.resolve("module-info.java")))
                .results()
                .map((MatchResult export) -> sources.resolve(export.group(1).replace('.', '/')));
    }

    private static Stream<Path> publicTypes(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> PUBLIC_TYPE.matcher(read(file)).find())
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
