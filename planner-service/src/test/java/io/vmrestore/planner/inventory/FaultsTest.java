package io.vmrestore.planner.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.support.problem.ProblemConfiguration;
import io.vmrestore.support.trace.RequestIdFilter;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.config.EnableWebFlux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** An exception that nobody has foreseen, while the cloud is read. */
@ExtendWith(OutputCaptureExtension.class)
class FaultsTest extends InventoryFixture {

    @Configuration(proxyBeanMethods = false)
    @EnableWebFlux
    @Import({ProblemConfiguration.class, PlannerErrors.class, InventoryController.class})
    static class Edge {
        @Bean
        SimpleMeterRegistry registry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        Scheduler inventoryScheduler() {
            return Schedulers.boundedElastic();
        }
    }

    @Test
    void isToldAsAFaultCountedAndLoggedOnce(CapturedOutput output) {
        TimeSource defect = (TimeSource) Proxy.newProxyInstance(
                TimeSource.class.getClassLoader(), new Class<?>[] {TimeSource.class}, (_, _, _) -> {
                    throw new IllegalStateException("a defect");
                });
        Inventory broken = new Inventory(cloud, new InventorySettings(Duration.ofSeconds(20), Duration.ZERO), defect);
        String id = "req-0f1c9d2e-7a4b-4c1e-9f6e-2d3b4a5c6d7e";
        new ReactiveWebApplicationContextRunner()
                .withUserConfiguration(Edge.class)
                .withBean(Inventory.class, () -> broken)
                .run(context -> {
                    String body = Objects.requireNonNull(WebTestClient.bindToApplicationContext(context)
                            .build()
                            .get()
                            .uri("/internal/projects")
                            .header(RequestIdFilter.HEADER, id)
                            .exchange()
                            .expectStatus()
                            .isEqualTo(500)
                            .expectHeader()
                            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                            .expectBody(String.class)
                            .returnResult()
                            .getResponseBody());
                    assertThat(body)
                            .contains("urn:vm-restore:problem:internal-error", id, "planner-service")
                            .doesNotContain("a defect");
                    assertThat(context.getBean(SimpleMeterRegistry.class)
                                    .get("restore.http.faults")
                                    .counter()
                                    .count())
                            .isOne();
                });
        assertThat(output.getAll().lines().filter(line -> line.contains(id)))
                .singleElement()
                .asString()
                .contains("ERROR");
        assertThat(output.getAll()).contains("\tat ");
    }
}
