package org.data2vec4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout with a stand-in for Maven, which counts its runs, and one for java, which shows its arguments. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
    private static final Path LAUNCHER = Path.of("..", "d2v");

    @TempDir
    Path folder;

    private Path checkout;

    private record Outcome(int code, String out, String err) {}

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = folder.toRealPath().resolve("a checkout");
        script(checkout.resolve("d2v"), Files.readString(LAUNCHER));
        script(checkout.resolve("mvnw"), """
                #!/bin/sh
                [ ! -e fail ] || exit 1
                echo "mvnw $*"
                mkdir -p lib
                : > lib/core.jar; : > cli/target/d2v.jar
                printf '%s' "$PWD/lib/core.jar" > cli/target/classpath.txt
                """);
        script(checkout.resolve("jdk/bin/java"), """
                #!/bin/sh
                for argument in "$@"; do echo "<$argument>"; done
                exit 7
                """);
        java("17.0.15");
        for (String file : List.of(
                "pom.xml", "core/pom.xml", "core/src/main/A.java", "core/src/test/T.java", "natives/one/pom.xml")) {
            Files.createDirectories(checkout.resolve(file).getParent());
            Files.writeString(checkout.resolve(file), "");
        }
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private void java(String version) throws IOException {
        Files.writeString(
                checkout.resolve("jdk/release"),
                "IMPLEMENTOR=\"x y\"\nJAVA_VERSION=\"" + version + "\"\nOS_ARCH=\"a\"\n");
    }

    private Outcome run(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeAll(List.of("D2V_JAVA_OPTS"));
        builder.environment().put("JAVA_HOME", checkout.resolve("jdk").toString());
        builder.environment().putAll(environment);
        builder.environment().values().removeIf(String::isEmpty);
        Path err = folder.resolve("err");
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), out, Files.readString(err));
    }

    private Outcome run(String... arguments) throws Exception {
        return run(checkout.resolve("d2v"), Map.of(), arguments);
    }

    private void age(String file, int seconds) throws IOException {
        Files.setLastModifiedTime(
                checkout.resolve(file), FileTime.from(Instant.now().plusSeconds(seconds)));
    }

    @Test
    void buildsOnceThenBecomesJava() throws Exception {
        Outcome first = run("recipes", "two words", "");
        String classpath = checkout + "/cli/target/d2v.jar:" + checkout + "/lib/core.jar";
        assertThat(first.code()).isEqualTo(7);
        assertThat(first.out().lines())
                .containsExactly(
                        "<-cp>", "<" + classpath + ">", "<org.data2vec4j.cli.D2v>", "<recipes>", "<two words>", "<>");
        assertThat(first.err().lines())
                .containsExactly(
                        "building data2vec4j (first time only, a minute or more)",
                        "mvnw -B -q -DskipTests -Dspotless.check.skip=true package");
        assertThat(run("recipes").err()).isEmpty();
    }

    @Test
    void buildsAgainWhenASourceIsNewerOrAJarIsGone() throws Exception {
        run();
        age("core/src/test/T.java", 5);
        assertThat(run().err()).isEmpty();
        age("core/src/main/A.java", 5);
        assertThat(run().err()).startsWith("building data2vec4j (core/src/main/A.java changed)");
        age("core/src/main/A.java", -5);
        age("core/pom.xml", 5);
        assertThat(run().err()).startsWith("building data2vec4j (core/pom.xml changed)");
        age("core/pom.xml", -5);
        age("natives/one/pom.xml", 5);
        assertThat(run().err()).startsWith("building data2vec4j (natives/one/pom.xml changed)");
        age("natives/one/pom.xml", -5);
        Files.delete(checkout.resolve("lib/core.jar"));
        assertThat(run().err()).startsWith("building data2vec4j (core.jar is gone)");
    }

    @Test
    void aCopyDoesNotRunTheJarsOfTheFolderThatItWasCopiedFrom() throws Exception {
        run();
        Path other = folder.toRealPath().resolve("original");
        Path jar = other.resolve("tensor/target/data2vec4j-tensor-0.1.0-SNAPSHOT.jar");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "");
        Files.writeString(checkout.resolve("cli/target/classpath.txt"), jar.toString());
        assertThat(run().err()).startsWith("building data2vec4j (this folder is a copy, built as " + other + ")\n");
        assertThat(run().err()).isEmpty();
    }

    @Test
    void aFailedBuildStops() throws Exception {
        Files.writeString(checkout.resolve("fail"), "");
        Outcome outcome = run();
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).endsWith("d2v: the build failed, see above\n");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void worksThroughLinks() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("one"), Path.of("..", "a checkout", "d2v"));
        Path two = Files.createSymbolicLink(folder.resolve("two"), bin.resolve("one"));
        assertThat(run(two, Map.of()).code()).isEqualTo(7);
    }

    @Test
    void optionsOfTheJvm() throws Exception {
        java("25.0.1");
        Outcome outcome = run(checkout.resolve("d2v"), Map.of("D2V_JAVA_OPTS", "-Xmx8g -ea"));
        assertThat(outcome.out().lines())
                .startsWith("<--enable-native-access=ALL-UNNAMED>", "<-Xmx8g>", "<-ea>", "<-cp>");
    }

    @Test
    void aUtf8LocaleIsSetWhereThereIsNone() throws Exception {
        script(checkout.resolve("jdk/bin/java"), "#!/bin/sh\necho \"locale ${LC_ALL:-} ${LANG:-}\"\n");
        Map<String, String> none = Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", "");
        assertThat(run(checkout.resolve("d2v"), none).out()).containsPattern("locale \\S+\\.(?i)utf-?8 ");
        Map<String, String> posix = Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", "POSIX");
        assertThat(run(checkout.resolve("d2v"), posix).out()).containsPattern("locale \\S+\\.(?i)utf-?8 ");
        Map<String, String> own = Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", "de_DE.ISO-8859-1");
        assertThat(run(checkout.resolve("d2v"), own).out()).contains("locale  de_DE.ISO-8859-1");
    }

    @Test
    void anOldOrMissingJavaIsOneLine() throws Exception {
        java("11.0.2");
        Outcome old = run();
        String java = checkout + "/jdk/bin/java";
        assertThat(old.code()).isEqualTo(1);
        assertThat(old.err())
                .isEqualTo("d2v: Java 17 or newer is needed, found 11.0.2 (" + java + "); set JAVA_HOME\n");
        assertThat(run(checkout.resolve("d2v"), Map.of("JAVA_HOME", "/no/jdk")).err())
                .isEqualTo("d2v: JAVA_HOME is /no/jdk, which has no bin/java; set it to a JDK 17 or newer\n");
    }
}
