package io.vmrestore.verification.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds every package to one direction (what a package uses never uses it back, directly or by a detour), to a name
 * that says something, and to being null-marked.
 */
class PackageRulesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.vmrestore");

    private static final Set<String> NAMES_THAT_SAY_NOTHING =
            Set.of("impl", "dto", "mapper", "util", "utils", "helper", "helpers", "manager", "service");

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

    @Test
    void packagesAreNamedAfterWhatTheyDo() {
        assertThat(packages().map(JavaPackage::getRelativeName)).doesNotContainAnyElementsOf(NAMES_THAT_SAY_NOTHING);
    }

    @Test
    void everyPackageIsNullMarkedOrEachOfItsClassesIs() {
        assertThat(packages()
                        .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                        .filter(each -> !each.getClasses().stream()
                                .filter(JavaClass::isTopLevelClass)
                                .allMatch(type -> type.isAnnotatedWith(NullMarked.class))))
                .isEmpty();
    }

    private static Stream<JavaPackage> packages() {
        return CLASSES.getPackage("io.vmrestore").getSubpackagesInTree().stream()
                .filter(each -> !each.getClasses().isEmpty());
    }
}
