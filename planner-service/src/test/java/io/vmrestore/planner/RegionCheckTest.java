package io.vmrestore.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.support.cloud.CloudConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** A service whose settings choose no region of the catalog does not start; one whose Keystone is away does. */
@Timeout(60)
class RegionCheckTest {
    private Simulator simulator;

    @BeforeEach
    void open() {
        simulator = Simulator.start(SimulatorSettings.instant());
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void severalRegionsWithoutASettingStopTheStart() {
        simulator.faults().always("volumev3|network", new Fault.SecondRegion("Other", null));

        assertThatThrownBy(() -> start().close())
                .rootCause()
                .hasMessage(
                        "the catalog has several regions (Other, RegionOne) and OS_REGION_NAME is not set: set it to"
                                + " one of them");
        try (ConfigurableApplicationContext started = start("--OS_REGION_NAME=Other")) {
            assertThat(health(started).getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void aRegionThatTheCatalogDoesNotHaveStopsTheStart() {
        assertThatThrownBy(() -> start("--OS_REGION_NAME=Elsewhere").close())
                .rootCause()
                .hasMessage("OS_REGION_NAME is Elsewhere, but the catalog has RegionOne: set it to one that the catalog"
                        + " has");
    }

    @Test
    void aKeystoneThatIsAwayStopsNoStartAndIsAskedWhenItIsBack() {
        simulator.faults().always("POST .*/auth/tokens", new Fault.Answer(503, "down", null));
        simulator.faults().always("network", new Fault.SecondRegion("Other", null));

        try (ConfigurableApplicationContext started = start()) {
            assertThat(health(started).getStatus()).isEqualTo(Status.UNKNOWN);
            assertThat(String.valueOf(health(started).getDetails().get("obstacle")))
                    .startsWith("the region is not checked yet: identity: down (POST ")
                    .contains("HTTP 503");

            simulator.faults().clear();
            simulator.faults().always("network", new Fault.SecondRegion("Other", null));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> health(started).getStatus().equals(Status.DOWN));
            assertThat(String.valueOf(health(started).getDetails().get("obstacle")))
                    .startsWith("the catalog has several regions (Other, RegionOne)");
        }
    }

    private static Health health(ConfigurableApplicationContext started) {
        return started.getBean(HealthIndicator.class).health();
    }

    private ConfigurableApplicationContext start(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--OS_AUTH_URL=" + simulator.authUrl(),
                "--OS_USERNAME=" + SampleCloud.ADMIN,
                "--OS_PASSWORD=" + SampleCloud.ADMIN_PASSWORD,
                "--OS_PROJECT_NAME=service"));
        arguments.addAll(List.of(more));
        return new SpringApplicationBuilder(CloudOnly.class)
                .properties("spring.config.name=planner-service")
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(arguments.toArray(String[]::new));
    }

    @Import(CloudConfiguration.class)
    private static final class CloudOnly {
        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }
}
