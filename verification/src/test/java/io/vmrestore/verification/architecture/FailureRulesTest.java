package io.vmrestore.verification.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vmrestore.openstack.failure.CloudException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a failed call is, is decided in one place: {@code FailureClass} says what may be done about it,
 * {@code CallFault} what it was. Nobody else tells it by the type of the exception, but for the few who need more than
 * both say.
 */
class FailureRulesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.vmrestore.executor", "io.vmrestore.survey", "io.vmrestore.planner");

    private static final Set<String> KINDS = Stream.of(CloudException.class.getPermittedSubclasses())
            .map(Class::getName)
            .collect(Collectors.toSet());

    /** Who may know the types, and why. */
    private static final Map<String, String> EXCEPTIONS = Map.of(
            "io.vmrestore.survey.Absence", "the proof that something is gone is in a 404",
            "io.vmrestore.survey.Contradictions", "a server that is gone contradicts nothing",
            "io.vmrestore.survey.CloudFailures", "words every kind, by an exhaustive switch",
            "io.vmrestore.executor.step.createport.PortRefusal", "Neutron's own type says what of a port was refused");

    @Test
    void nobody_else_asks_for_the_type_of_a_failed_call() {
        Map<String, Set<String>> askers = new TreeMap<>();
        for (JavaClass type : CLASSES) {
            Set<String> known = type.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .map(JavaClass::getName)
                    .filter(KINDS::contains)
                    .collect(Collectors.toSet());
            if (!known.isEmpty()) {
                askers.put(type.getName().replaceAll("\\$.*", ""), known);
            }
        }

        assertThat(askers.keySet()).isEqualTo(EXCEPTIONS.keySet());
    }
}
