package io.vmrestore.verification.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Finds public methods that nobody uses: they are to go, or to be seen by their own package only. */
class UnusedCodeTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.vmrestore");

    /** Frameworks that call what carries their annotations. */
    private static final List<String> FRAMEWORKS =
            List.of("org.springframework.", "com.fasterxml.jackson.", "io.swagger.", "picocli.");

    /** Beginnings of the names of what only tests use, each with its reason. */
    private static final List<String> EXEMPT = List.of(
            // Tests of every module arrange and judge the simulated cloud, its faults and its time.
            "io.vmrestore.simulator.",
            // The servers that tests start are made for them; standalone uses a part.
            "io.vmrestore.embedded.",
            // Tests of the whole look into the cloud beside it and hand its environment to other processes.
            "io.vmrestore.standalone.server.StandaloneServer.",
            // Tests of five modules write plans; planning writes its own with the deployment's timeouts.
            "io.vmrestore.common.contract.PlanStep.of(",
            // The short ways to a client and to a port, which tests of four modules take.
            "io.vmrestore.openstack.OpenStack.connect(io.vmrestore.openstack.settings.CloudSettings)",
            "io.vmrestore.openstack.OpenStack.connect(io.vmrestore.openstack.settings.CloudSettings,"
                    + " io.micrometer.core.instrument.MeterRegistry, io.vmrestore.common.time.TimeSource,"
                    + " io.vmrestore.common.time.Chance)",
            "io.vmrestore.openstack.settings.CloudSettings.of(",
            "io.vmrestore.openstack.network.PortSpec.on(",
            "io.vmrestore.openstack.network.PortSpec.with",
            // Part of what a failure and a quota say; steps look for their mark after every failure.
            "io.vmrestore.openstack.failure.CloudException.ambiguous(",
            "io.vmrestore.openstack.quota.QuotaLine.free(");

    @Test
    void everyPublicMethodIsUsed() {
        assertThat(CLASSES.stream()
                        .filter(UnusedCodeTest::isPublic)
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .filter(method -> !isUsed(method))
                        .filter(method -> !isCalledFromOutside(method))
                        .map(JavaMethod::getFullName)
                        .filter(name -> EXEMPT.stream().noneMatch(name::startsWith))
                        .sorted())
                .isEmpty();
    }

    private static boolean isUsed(JavaMethod method) {
        return method.getAccessesToSelf().stream()
                .anyMatch(access -> !access.getOrigin().equals(method));
    }

    /** By an override, by a framework, or as what every record or enum has. */
    private static boolean isCalledFromOutside(JavaMethod method) {
        JavaClass owner = method.getOwner();
        return method.getName().equals("main")
                || method.getAnnotations().stream()
                        .anyMatch(annotation -> FRAMEWORKS.stream()
                                .anyMatch(annotation.getRawType().getName()::startsWith))
                || owner.isRecord() && owner.tryGetField(method.getName()).isPresent()
                || owner.isEnum()
                        && method.getModifiers().contains(JavaModifier.STATIC)
                        && Set.of("values", "valueOf").contains(method.getName())
                || overrides(method);
    }

    private static boolean overrides(JavaMethod method) {
        JavaClass owner = method.getOwner();
        return Stream.concat(owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
                .flatMap(above -> above.getMethods().stream())
                .anyMatch(above -> above.getName().equals(method.getName())
                        && above.getRawParameterTypes().size()
                                == method.getRawParameterTypes().size());
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(UnusedCodeTest::isPublic).orElse(true);
    }
}
