package io.vmrestore.status.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.metrics.Metric;
import io.vmrestore.embedded.DatabaseEndpoint;
import io.vmrestore.embedded.EmbeddedDatabase;
import io.vmrestore.embedded.EmbeddedDatabaseSettings;
import io.vmrestore.embedded.testing.RestartableBroker;
import io.vmrestore.status.testing.EventTopic;
import io.vmrestore.status.testing.HttpProbe;
import io.vmrestore.status.testing.RestoreLife;
import io.vmrestore.status.testing.StatusService;
import io.vmrestore.status.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.kafka.core.ConsumerFactory;

/** Broker and database are away for longer than every timeout of the service's clients. */
@Timeout(240)
class LongOutageTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Test
    void everyEventIsFoldedOnceAfterwards(@TempDir Path kafka, @TempDir Path postgres) {
        EmbeddedDatabaseSettings anyPort = EmbeddedDatabaseSettings.in(postgres);
        EmbeddedDatabase first = EmbeddedDatabase.start(anyPort);
        DatabaseEndpoint endpoint = first.endpoint();
        RestoreLife life = RestoreLife.troubled(95_000);
        String path = "/internal/jobs/" + life.jobId();
        try (RestartableBroker broker = RestartableBroker.start(kafka);
                StatusService service = StatusService.startWith(
                        broker.bootstrapServers(),
                        endpoint,
                        "status-" + UUID.randomUUID(),
                        "--spring.kafka.consumer.properties.request.timeout.ms=2000",
                        "--spring.kafka.consumer.properties.default.api.timeout.ms=4000",
                        "--spring.kafka.consumer.properties.max.poll.interval.ms=8000")) {
            HttpProbe http = service.http("viewer");
            try (EventTopic topic = new EventTopic(broker.bootstrapServers())) {
                topic.publish(life.events().subList(0, 5));
            }
            awaitVersion(http, path, life.stateAfter(5).version());

            broker.stop();
            first.close();
            await("the outage is noticed")
                    .atMost(LIMIT)
                    .until(() -> http.get(path).statusCode() == 503
                            && service.management()
                                            .get("/actuator/health/readiness")
                                            .statusCode()
                                    == 503);
            broker.returnAfter(longestTimeout(service));
            try (EventTopic topic = new EventTopic(broker.bootstrapServers())) {
                topic.publish(life.events().subList(5, life.events().size()));
            }
            MeterRegistry meters = service.bean(MeterRegistry.class);
            await("the events are there, the tables are not")
                    .atMost(LIMIT)
                    .until(() -> meters.get(Metric.FOLD_FAILURES.wireName())
                                    .counter()
                                    .count()
                            > 1);
            assertThat(service.management().get("/actuator/health/liveness").statusCode())
                    .isEqualTo(200);

            try (EmbeddedDatabase again = EmbeddedDatabase.start(anyPort.withPort(endpoint.port()))) {
                assertThat(again.endpoint().port()).isEqualTo(endpoint.port());
                awaitVersion(http, path, life.lastState().version());
                service.awaitReady();
                assertThat(TestDatabase.of(endpoint)
                                .number("SELECT count(DISTINCT version) FROM restore_job_events WHERE job_id = '"
                                        + life.jobId() + "'"))
                        .isEqualTo(life.lastState().version());
            }
        }
    }

    private static void awaitVersion(HttpProbe http, String path, long version) {
        await("version " + version).atMost(LIMIT).until(() -> {
            HttpResponse<String> answer = http.get(path);
            return answer.statusCode() == 200
                    && HttpProbe.json(answer).path("version").asLong() == version;
        });
    }

    private static Duration longestTimeout(StatusService service) {
        Map<String, Object> consumer = service.bean(ConsumerFactory.class).getConfigurationProperties();
        Duration ofBroker = RestartableBroker.longest(
                List.of(RestartableBroker.consumer(consumer)),
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
        Duration ofDatabase = DurationStyle.detectAndParse(service.setting("spring.r2dbc.pool.max-acquire-time"));
        assertThat(ofBroker).isEqualTo(Duration.ofSeconds(8)).isGreaterThan(ofDatabase);
        return ofBroker;
    }
}
