package io.vmrestore.verification.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vmrestore.openstack.compute.Compute;
import io.vmrestore.openstack.compute.KeyPairs;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.identity.Identity;
import io.vmrestore.openstack.network.Networking;
import io.vmrestore.openstack.volume.Volumes;
import io.vmrestore.survey.Absence;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Whether something of the cloud is gone is decided in one place, and nothing is deleted past it. The client has no
 * method that answers with an Optional or a boolean, so what is left to hold is who asks and who reads a 404.
 */
class AbsenceRulesTest {
    private static final DescribedPredicate<JavaCall<?>> ASKS = target(nameMatching("serverGroup|delete|forceDelete"))
            .and(target(owner(equivalentTo(Compute.class))))
            .or(target(nameMatching("named|ofUser|names|namesOf|delete"))
                    .and(target(owner(equivalentTo(KeyPairs.class)))))
            .or(target(nameMatching("snapshot|delete")).and(target(owner(equivalentTo(Volumes.class)))))
            .or(target(nameMatching("network|subnet|deletePort")).and(target(owner(equivalentTo(Networking.class)))))
            .or(target(nameMatching("project")).and(target(owner(equivalentTo(Identity.class)))));

    /** Who may read a 404. */
    private static final Set<String> READERS =
            Set.of("io.vmrestore.survey.Absence", "io.vmrestore.survey.Contradictions");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.vmrestore.executor", "io.vmrestore.survey", "io.vmrestore.planner");

    @Test
    void only_absence_asks_the_cloud_whether_something_is_gone() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Absence.class)
                .should()
                .callMethodWhere(ASKS)
                .check(CLASSES);
        assertThat(CLASSES.get(Absence.class).getMethodCallsFromSelf()).anyMatch(ASKS);
    }

    @Test
    void nobody_else_reads_a_404() {
        Set<String> readers = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            boolean reads = type.getCodeUnits().stream()
                    .flatMap(unit -> unit.getTryCatchBlocks().stream())
                    .flatMap(block -> block.getCaughtThrowables().stream())
                    .anyMatch(caught -> caught.isEquivalentTo(CloudException.NotFound.class));
            if (reads) {
                readers.add(type.getName());
            }
        }

        assertThat(readers).isSubsetOf(READERS).contains(Absence.class.getName());
    }
}
