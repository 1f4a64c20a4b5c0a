package io.vmrestore.verification.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vmrestore.common.seal.SealedText;
import io.vmrestore.common.seal.TextSeal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the modules to their places: who may know what, and which fact lives where. */
class ModuleRulesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.vmrestore");

    private static final String CONTRACT = "io.vmrestore.common.contract..";
    private static final String CORE = "io.vmrestore.common.lifecycle..";
    private static final List<String> SERVICES = List.of("gateway", "planner", "executor", "status");
    /** The third part of every package name; one for each module. */
    private static final List<String> MODULES = List.of(
            "common",
            "intake",
            "support",
            "openstack",
            "survey",
            "simulator",
            "embedded",
            "gateway",
            "planner",
            "executor",
            "status",
            "cli",
            "standalone",
            "verification");

    @Test
    void everyModuleIsLookedAt() {
        assertThat(CLASSES.stream()
                        .map(type -> type.getPackageName().split("\\.")[2])
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(MODULES);
    }

    @Test
    void onlyTheOpenStackClientKnowsOpenstack4j() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.vmrestore.openstack..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.openstack4j..")
                .check(CLASSES);
    }

    @Test
    void theContractKnowsNoFrameworkAndNoOtherPackageOfOurs() {
        classes()
                .that()
                .resideInAPackage(CONTRACT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(CONTRACT, "java..", "org.jspecify..", "com.fasterxml.jackson.annotation..")
                .check(CLASSES);
    }

    @Test
    void theCoreKnowsTheContractAndNothingElse() {
        classes()
                .that()
                .resideInAPackage(CORE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(CORE, CONTRACT, "java..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void contractAndCoreAskNoClockAndNoChance() {
        noClasses()
                .that()
                .resideInAnyPackage(CONTRACT, CORE)
                .should()
                .callMethodWhere(JavaCall.Predicates.target(nameMatching("now|currentTimeMillis|nanoTime|random")))
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class, ThreadLocalRandom.class, java.util.Random.class)
                .check(CLASSES);
        // The rule above finds what it looks for: someone must ask a clock.
        assertThat(CLASSES.stream()
                        .flatMap(type -> type.getMethodCallsFromSelf().stream())
                        .map(JavaAccess::getTarget))
                .anyMatch(target -> target.getOwner().isEquivalentTo(Instant.class)
                        && target.getName().equals("now"));
    }

    @Test
    void commonKnowsNoSpring() {
        noClasses()
                .that()
                .resideInAPackage("io.vmrestore.common..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(CLASSES);
    }

    @Test
    void onlyTheCodecKnowsCloudEventsAndNamesHeaders() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.vmrestore.common.codec..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.cloudevents..")
                .orShould()
                .callMethodWhere(JavaCall.Predicates.target(owner(JavaClass.Predicates.assignableTo(Headers.class)))
                        .and(JavaCall.Predicates.target(nameMatching("add|remove|lastHeader|headers"))))
                .orShould()
                .callConstructorWhere(JavaCall.Predicates.target(owner(JavaClass.Predicates.assignableTo(Headers.class)
                        .or(JavaClass.Predicates.assignableTo(Header.class)))))
                .check(CLASSES);
    }

    @Test
    void onlyTheStatusServiceTalksToTheDatabase() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.vmrestore.status..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.r2dbc..", "org.springframework.r2dbc..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "planner", "executor", "status"})
    void noServiceImportsAnother(String service) {
        String[] others = SERVICES.stream()
                .filter(other -> !other.equals(service))
                .map(other -> "io.vmrestore." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("io.vmrestore." + service + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(CLASSES);
    }

    @Test
    void dependenciesPointOneWay() {
        assertKnowsOnly("common");
        assertKnowsOnly("intake", "common");
        assertKnowsOnly("support", "common", "openstack");
        assertKnowsOnly("openstack", "common");
        assertKnowsOnly("survey", "common", "openstack");
        assertKnowsOnly("simulator");
        assertKnowsOnly("embedded");
        assertKnowsOnly("gateway", "common", "support");
        assertKnowsOnly("status", "common", "support");
        assertKnowsOnly("planner", "common", "intake", "support", "openstack", "survey");
        assertKnowsOnly("executor", "common", "intake", "support", "openstack", "survey");
        assertKnowsOnly("cli");
        assertKnowsOnly(
                "standalone",
                "cli",
                "common",
                "support",
                "openstack",
                "simulator",
                "embedded",
                "gateway",
                "planner",
                "executor",
                "status");
    }

    @Test
    void userDataIsSealedByThePlannerAndOpenedByTheExecutor() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.vmrestore.planner..")
                .should()
                .callMethod(TextSeal.class, "seal", UUID.class, String.class)
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.vmrestore.executor..")
                .should()
                .callMethod(TextSeal.class, "open", UUID.class, SealedText.class)
                .orShould()
                .callMethod(TextSeal.class, "openInPlace", UUID.class, io.vmrestore.common.contract.Sealed.class)
                .check(CLASSES);
    }

    private static void assertKnowsOnly(String module, String... known) {
        Set<String> allowed = Set.of(known);
        String[] others = MODULES.stream()
                .filter(other -> !other.equals(module) && !allowed.contains(other))
                .map(other -> "io.vmrestore." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that(resideInAPackage("io.vmrestore." + module + ".."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(others))
                .check(CLASSES);
    }
}
