package org.data2vec4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.data2vec4j.core.UserException;
import org.data2vec4j.recipe.Recipes;
import org.data2vec4j.version.Version;
import org.junit.jupiter.api.Test;

class D2vTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return D2v.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    @Test
    void version() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("d2v \\d+\\.\\d+\\.\\d+\\S* \\(Java \\d.*\\)\\R");
        assertThat(Version.number()).matches("\\d.*");
    }

    @Test
    void help() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("Usage: d2v", "recipes", "--stacktrace", "Exit codes");
        assertThat(run("recipes", "--help")).isZero();
        assertThat(out.toString()).contains("Usage: d2v recipes", "--stacktrace");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void withoutACommandTheUsageIsAnError() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: d2v");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void recipes() {
        assertThat(run("recipes")).isZero();
        assertThat(out.toString().lines()).hasSameSizeAs(Recipes.names());
        assertThat(run("recipes", "no-such")).isEqualTo(1);
        assertThat(err.toString()).startsWith("d2v: unknown recipe no-such; ").hasLineCount(1);
    }

    @Test
    void controlCharactersAreEscapedInEverythingThatIsPrinted() {
        assertThat(run("recipes", "no\u001b[2Jsuch\u0007")).isEqualTo(1);
        assertThat(err.toString()).contains("no\\u001b[2Jsuch\\u0007").doesNotContain("\u001b", "\u0007");
    }

    @Test
    void everyBuiltInRecipeSaysWhatItIs() {
        for (String name : Recipes.names()) {
            assertThat(Recipes.headline(Recipes.text(name))).as(name).isNotEmpty();
            assertThat(run("recipes", name)).isZero();
        }
    }

    @Test
    void usageErrorsSayWhatWasMeant() {
        assertThat(run("recpes")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("d2v: Unmatched argument at index 0: 'recpes'" + System.lineSeparator()
                        + "Did you mean: d2v recipes")
                .endsWith("Try 'd2v --help' for what it takes." + System.lineSeparator());
        assertThat(run("recipes", "a", "b")).isEqualTo(2);
        assertThat(err.toString()).endsWith("Try 'd2v recipes --help' for what it takes.\n");
    }

    @Test
    void traceOnRequestOnly() {
        assertThat(run("recipes", "no-such", "--stacktrace")).isEqualTo(1);
        assertThat(err.toString()).startsWith("d2v: unknown recipe").contains("\tat org.data2vec4j.recipe.Recipes");
    }

    @Test
    void failuresOfEachKind() {
        ErrorHandler quiet = new ErrorHandler(() -> false);
        assertThat(quiet.report(new UserException("width is 0"), new PrintWriter(err)))
                .isEqualTo(1);
        assertThat(quiet.report(new IllegalStateException("two\n lines"), new PrintWriter(err)))
                .isEqualTo(70);
        assertThat(quiet.report(new OutOfMemoryError("heap"), new PrintWriter(err)))
                .isEqualTo(70);
        assertThat(err.toString().lines())
                .containsExactly(
                        "d2v: width is 0",
                        "d2v: internal error: java.lang.IllegalStateException: two lines"
                                + " (run with --stacktrace and report it)",
                        "d2v: internal error: java.lang.OutOfMemoryError: heap"
                                + " (run with --stacktrace and report it)");
    }
}
