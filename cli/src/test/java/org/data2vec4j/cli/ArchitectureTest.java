package org.data2vec4j.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.data2vec4j.core.Rng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The floors of the house, and habits no compiler checks. */
class ArchitectureTest {
    private static final String HOUSE = "org.data2vec4j";

    /** Each floor and what it may use. */
    private static final Map<String, List<String>> FLOORS = Map.of(
            "core", List.of(),
            "tensor", List.of("core"),
            "data", List.of("core"),
            "model", List.of("core", "tensor", "data"),
            "train", List.of("core", "tensor", "data", "model"),
            "eval", List.of("core", "tensor", "data", "model", "train"),
            "interop", List.of("core", "tensor", "data", "model", "train"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(HOUSE);

    private static String in(String floor) {
        return HOUSE + "." + floor + "..";
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    /** The rules would hold of an empty house too. */
    @Test
    void theClassesOfOtherModulesAreSeen() {
        assertThat(CLASSES.contain(Rng.class)).isTrue();
        assertThat(CLASSES.contain(D2v.class)).isTrue();
        assertThat(CLASSES.contain(ArchitectureTest.class)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "tensor", "data", "model", "train", "eval", "interop"})
    void aFloorUsesOnlyWhatStandsBelow(String floor) {
        List<String> above = new ArrayList<>(FLOORS.keySet());
        above.add("cli");
        above.remove(floor);
        above.removeAll(FLOORS.get(floor));
        String[] forbidden = above.stream().map(ArchitectureTest::in).toArray(String[]::new);
        check(noClasses()
                .that()
                .resideInAPackage(in(floor))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden));
    }

    /** But for the decoding of recordings, which has FFmpeg. */
    @Test
    void onlyTensorTouchesTheNativeLibrary() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(in("tensor"), HOUSE + ".data.audio.decode")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco.."));
        check(noClasses()
                .that()
                .resideInAPackage(HOUSE + ".data.audio.decode")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco.pytorch..", "org.bytedeco.openblas.."));
    }

    @Test
    void everyRandomNumberHasASeed() {
        check(noClasses()
                .should()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(StrictMath.class, "random")
                .orShould()
                .callMethod(Collections.class, "shuffle", List.class)
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .callConstructor(SplittableRandom.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocalRandom.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(SecureRandom.class)
                .because("a run must be repeatable: use org.data2vec4j.core.Rng"));
    }

    @Test
    void onlyTheCommandPrints() {
        check(noClasses().that().resideOutsideOfPackage(in("cli")).should(ACCESS_STANDARD_STREAMS));
    }

    @Test
    void noFieldIsOptional() {
        for (Class<?> optional : List.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class)) {
            check(noFields().should().haveRawType(optional).because("records use @Nullable components"));
        }
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("org.data2vec4j.(**)").should().beFreeOfCycles());
    }
}
