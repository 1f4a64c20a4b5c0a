package io.vmrestore.verification.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds every package to one direction: what a package uses never uses it back, directly or by a detour. */
class PackageRulesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.vmrestore");

    @Test
    void noPackageStandsInACycle() {
        slices().matching("io.vmrestore.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "planner", "executor", "status", "standalone"})
    void noSubjectOfAServiceStandsInACycle(String service) {
        slices().matching("io.vmrestore." + service + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }
}
