package org.data2vec4j.examples;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What a program outside the library may use is enough for this module. */
class ExamplesUseTheFaceTest {
    /** The face, what is thrown and listened to, and the records that a recipe is bound to. */
    private static final String[] FACE = {
        "org.data2vec4j",
        "org.data2vec4j.core",
        "org.data2vec4j.train",
        "org.data2vec4j.train.data",
        "org.data2vec4j.train.listener",
        "org.data2vec4j.train.run",
        "org.data2vec4j.model.method"
    };

    @Test
    void onlyTheFaceIsUsed() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.data2vec4j.examples");
        assertThat(classes.contain(OwnEncoder.class)).isTrue();
        noClasses()
                .that()
                .resideInAPackage("org.data2vec4j.examples")
                .should()
                .dependOnClassesThat(resideInAPackage("org.data2vec4j..")
                        .and(not(resideInAnyPackage(FACE)))
                        .and(not(resideInAPackage("org.data2vec4j.examples"))))
                .check(classes);
    }
}
