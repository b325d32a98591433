package org.data2vec4j.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The library leaves signals, logging and the terminal to the program that uses it. */
class QuietLibraryTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.data2vec4j");

    /** But for one: without {@code tensor/Shutdown}, a JVM that ends while it computes crashes in libtorch. */
    @Test
    void onlyTheCommandAddsShutdownHooks() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.data2vec4j.cli..")
                .and()
                .doNotHaveFullyQualifiedName("org.data2vec4j.tensor.Shutdown")
                .should()
                .callMethod(Runtime.class, "addShutdownHook", Thread.class)
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandKnowsItsParserAndALoggingBackend() throws IOException {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.data2vec4j.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "ch.qos.logback..", "org.apache.log4j..", "java.util.logging..")
                .check(CLASSES);
        List<URL> settings = Collections.list(getClass().getClassLoader().getResources("logback.xml"));
        assertThat(settings).allSatisfy(url -> assertThat(url.toString()).contains("/cli/"));
    }
}
