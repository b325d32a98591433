package org.data2vec4j.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.data2vec4j.core.Rng;
import org.data2vec4j.train.data.Dataset;
import org.data2vec4j.train.data.Modality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The floors of the house, and habits no compiler checks. */
class ArchitectureTest {
    private static final String HOUSE = "org.data2vec4j";

    /** The rooms that stand directly below each room; what those may use, it may use too. */
    private static final Map<String, List<String>> BELOW = Map.ofEntries(
            Map.entry("core", List.of()),
            Map.entry("natives", List.of("core")),
            Map.entry("tensor", List.of("core")),
            Map.entry("data", List.of("core")),
            Map.entry("config", List.of("core")),
            Map.entry("model", List.of("tensor", "data")),
            Map.entry("train", List.of("model")),
            Map.entry("evaluation", List.of("train")),
            Map.entry("index", List.of("evaluation")),
            Map.entry("image", List.of("report")),
            Map.entry("audio", List.of("evaluation")),
            Map.entry("text", List.of("report")),
            Map.entry("report", List.of("evaluation")),
            Map.entry("interop", List.of("image", "audio", "text")),
            Map.entry("face", List.of("interop", "report", "config", "index")),
            Map.entry("lab", List.of("face")),
            Map.entry("spark", List.of("face")),
            Map.entry("examples", List.of("face")),
            Map.entry("serve", List.of("face")),
            Map.entry("cli", List.of("lab", "serve")));

    /** The packages of the face, which has no name of its own in them. */
    private static final String[] FACE = {HOUSE, in("embed"), in("evaluate"), in("recipe"), in("run"), in("version")};

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar")) // another module's
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

    static List<String> rooms() {
        return BELOW.keySet().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomUsesOnlyWhatStandsBelow(String room) {
        String[] forbidden = rooms().stream()
                .filter(other -> !reachable(room).contains(other))
                .flatMap(other -> Stream.of(packages(other)))
                .toArray(String[]::new);
        check(noClasses()
                .that()
                .resideInAnyPackage(packages(room))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden));
    }

    private static Set<String> reachable(String room) {
        Set<String> reachable = new HashSet<>(Set.of(room));
        BELOW.getOrDefault(room, List.of()).forEach(below -> reachable.addAll(reachable(below)));
        return reachable;
    }

    private static String[] packages(String room) {
        return room.equals("face") ? FACE : new String[] {in(room)};
    }

    /** A package that belongs to no room would escape the rules. */
    @Test
    void everyClassIsInARoom() {
        String[] all =
                rooms().stream().flatMap(room -> Stream.of(packages(room))).toArray(String[]::new);
        check(noClasses().should().resideOutsideOfPackages(all));
    }

    @Test
    void noTwoClassesHaveTheSameSimpleName() {
        Map<String, List<String>> names = new TreeMap<>();
        CLASSES.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .forEach(type -> names.computeIfAbsent(type.getSimpleName(), name -> new ArrayList<>())
                        .add(type.getName()));
        assertThat(names.values().stream().filter(types -> types.size() > 1)).isEmpty();
    }

    private static DescribedPredicate<JavaClass> isA(Class<?> port) {
        return assignableTo(port).and(resideInAnyPackage(in("image"), in("audio"), in("text")));
    }

    /** What differs between modalities is asked of their ports, so that a new one is a module and a line in the registry. */
    @Test
    void nobodyAsksWhichModalityItHas() {
        DescribedPredicate<JavaClass> modality = isA(Modality.class).or(isA(Dataset.class));
        List<String> questions = CLASSES.stream()
                .filter(type -> !resideInAnyPackage(in("image"), in("audio"), in("text"))
                        .test(type))
                .flatMap(type -> type.getInstanceofChecks().stream())
                .filter(check -> modality.test(check.getRawType()))
                .map(Object::toString)
                .toList();
        assertThat(questions).isEmpty();
    }

    /**
     * Besides the registry, those name a modality that map one architecture to another's files, that describe a fixed bench or check,
     * and the recognizer, which is of audio alone.
     */
    @Test
    void modalitiesAreNamedByTheRegistryOnly() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        in("image"),
                        in("audio"),
                        in("text"),
                        in("interop"),
                        in("recipe"),
                        in("lab.bench"),
                        in("cli.doctor"))
                .and()
                .haveNameNotMatching(".*\\.Recognizer.*")
                .should()
                .dependOnClassesThat(isA(Modality.class)));
    }

    /** But for the decoding of pictures and recordings, which has FFmpeg. */
    @Test
    void onlyTensorTouchesTheNativeLibrary() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        in("tensor"), HOUSE + ".data.ffmpeg", HOUSE + ".image.data", HOUSE + ".audio.data.decode")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco.."));
        check(noClasses()
                .that()
                .resideInAnyPackage(HOUSE + ".data.ffmpeg", HOUSE + ".image.data", HOUSE + ".audio.data.decode")
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
