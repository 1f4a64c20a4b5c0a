package io.vmrestore.verification.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vmrestore.openstack.compute.Compute;
import io.vmrestore.openstack.network.Networking;
import io.vmrestore.openstack.volume.Volumes;
import io.vmrestore.survey.Absence;
import org.junit.jupiter.api.Test;

/** Whether a server, volume, port or key pair is gone is decided in one place. */
class AbsenceRulesTest {
    private static final DescribedPredicate<JavaCall<?>> ASKS = target(nameMatching("findServer|keyPair|keyPairOf"))
            .and(target(owner(equivalentTo(Compute.class))))
            .or(target(nameMatching("findVolume")).and(target(owner(equivalentTo(Volumes.class)))))
            .or(target(nameMatching("findPort")).and(target(owner(equivalentTo(Networking.class)))));

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
}
