package org.data2vec4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThreadsTest {
    @Test
    void aChosenNumberOfThreadsIsLeftAlone() {
        Native.threads(1);
        Native.threadsUnlessChosen(2);
        assertThat(Native.threads()).isEqualTo(1);
        Native.threadsOfRun(0, 2);
        assertThat(Native.threads()).isEqualTo(1);
    }

    /** What a recipe says holds for its run, and the choice of the program again for the next run. */
    @Test
    void aRecipeDoesNotChooseForLaterRuns() {
        Native.threads(1);
        int two = Math.min(2, Runtime.getRuntime().availableProcessors());
        Native.threadsOfRun(2, 1);
        assertThat(Native.threads()).isEqualTo(two);
        Native.threadsOfRun(0, 2);
        assertThat(Native.threads()).isEqualTo(1);
    }

    @Test
    void variablesOfOpenMpChoose() {
        assertThat(Native.chosenBy(Map.of("OMP_NUM_THREADS", "3"))).isTrue();
        assertThat(Native.chosenBy(Map.of("PATH", "/bin"))).isFalse();
    }

    @Test
    void missingLibrariesAreNamed() {
        assertThat(Native.remedy("linux-x86_64", List.of("windows-x86_64")))
                .contains("org.data2vec4j:data2vec4j-natives-linux-x86_64", "present: windows-x86_64");
        assertThat(Native.remedy("linux-x86_64", List.of("linux-x86_64"))).contains("~/.javacpp");
    }
}
