package io.vmrestore.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.embedded.EmbeddedBroker;
import io.vmrestore.embedded.EmbeddedBrokerSettings;
import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.core.KafkaTemplate;

/** A broker of its own, because this one comes late and goes away. */
class BrokerOutageTest {
    private static final Tenant TENANT = Tenant.A;

    @TempDir
    private Path directory;

    @Test
    void startsWithoutTheBrokerAndGoesOnAfterItsRestart() throws IOException {
        int port = freePort();
        EmbeddedBrokerSettings broker = EmbeddedBrokerSettings.in(directory).withPort(port);
        try (Simulator cloud = Simulator.start(SimulatorSettings.instant());
                ConfigurableApplicationContext planner = planner("127.0.0.1:" + port, cloud)) {
            HealthIndicator dispatch = planner.getBean("dispatchHealthIndicator", HealthIndicator.class);
            assertThat(dispatch.health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(dispatch.health().getDetails()).containsEntry("state", "WAITING_FOR_BROKER");

            try (EmbeddedBroker _ = EmbeddedBroker.start(broker)) {
                assertPlans(planner, port);
                assertThat(dispatch.health().getStatus()).isEqualTo(Status.UP);
            }
            try (EmbeddedBroker _ = EmbeddedBroker.start(broker)) {
                assertPlans(planner, port);
                planner.close();
            }
        }
    }

    private static void assertPlans(ConfigurableApplicationContext planner, int port) {
        UUID job = UUID.randomUUID();
        try (TopicReader topics = TopicReader.ofEverything("127.0.0.1:" + port)) {
            KafkaTemplate<String, byte[]> kafka = template(planner);
            // A topic that does not exist yet is waited for by the producer.
            kafka.send(EventCodec.encode(requested(job))).join();
            assertThat(topics.awaitEvent(job, PlanCreated.class).plan().eligible())
                    .isTrue();
        }
    }

    @SuppressWarnings("unchecked")
    private static KafkaTemplate<String, byte[]> template(ConfigurableApplicationContext planner) {
        return planner.getBean(KafkaTemplate.class);
    }

    private static RestoreRequested requested(UUID job) {
        return new RestoreRequested(
                job,
                TENANT.appServerId(),
                Instant.now(),
                TENANT.projectId(),
                TENANT.id("snapshot/app-1-daily"),
                RestoreMode.NEW,
                null,
                IpStrategy.NEW_IPS,
                "olga");
    }

    private static ConfigurableApplicationContext planner(String kafka, Simulator cloud) {
        return PlannerApplication.builder().run(PlannerArguments.of(kafka, cloud));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
