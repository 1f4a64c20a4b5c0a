package io.vmrestore.gateway.publish;

import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.embedded.testing.RestartableBroker;
import io.vmrestore.embedded.testing.TestInfrastructure;
import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.gateway.testing.StandInStatus;
import io.vmrestore.support.access.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The gateway while services that it needs are away. Port 9 of the loopback interface answers nobody. */
class OutageTest {
    private static final String NOBODY = "127.0.0.1:9";

    private static WebTestClient.ResponseSpec post(WebTestClient client, String path, Map<String, Object> body) {
        return client.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static Map<String, Object> planRequest() {
        return Map.of("project_id", Jobs.PROJECT_ID, "vm_id", Jobs.VM_ID, "restore_point_id", Jobs.SNAPSHOT_ID);
    }

    @Test
    void answers503WithinTheWaitWhileKafkaIsAway() {
        String user = newUser();
        String planId = UUID.randomUUID().toString();
        try (StandInStatus status = new StandInStatus();
                RunningGateway gateway = new RunningGateway(
                        "KAFKA_BOOTSTRAP_SERVERS=" + NOBODY,
                        "OS_AUTH_URL=http://" + NOBODY,
                        "RESTORE_STATUS_URL=" + status.url(),
                        "RESTORE_PUBLISH_TIMEOUT=2s")) {
            status.script(
                    user,
                    request -> StandInStatus.jobId(request).equals(planId)
                            ? Answer.json(200, Jobs.planned(planId))
                            : StandInStatus.notFound());
            WebTestClient client = gateway.as(user, Role.ADMIN);
            Map<String, Map<String, Object>> requests =
                    Map.of("/restore/plan", planRequest(), "/restore/execute", Map.of("plan_id", planId));
            requests.forEach((path, body) -> {
                Instant begin = Instant.now();
                post(client, path, body)
                        .expectStatus()
                        .isEqualTo(503)
                        .expectHeader()
                        .valueEquals("Retry-After", "2")
                        .expectBody()
                        .jsonPath("$.type")
                        .isEqualTo("urn:vm-restore:problem:event-log-unavailable")
                        .jsonPath("$.job_id")
                        .exists()
                        .jsonPath("$.detail")
                        .isEqualTo("The event log (Kafka) did not acknowledge the request, so it is not accepted; try"
                                + " again. If only the acknowledgement was lost, the restore shows under this job id.");
                assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(10));
            });
            assertThat(status.requests(user))
                    .allSatisfy(asked -> assertThat(asked.parameters()).isEmpty());
        }
    }

    @Test
    void acceptsAgainAfterKafkaWasAwayForLongerThanAnyTimeout(@TempDir Path directory) {
        String user = newUser();
        try (RestartableBroker broker = RestartableBroker.start(directory);
                StandInStatus status = new StandInStatus();
                RunningGateway gateway = new RunningGateway(
                        "KAFKA_BOOTSTRAP_SERVERS=" + broker.bootstrapServers(),
                        "OS_AUTH_URL=http://" + NOBODY,
                        "RESTORE_STATUS_URL=" + status.url(),
                        "RESTORE_PLAN_WAIT=100ms",
                        "RESTORE_PUBLISH_TIMEOUT=8s")) {
            WebTestClient client = gateway.as(user, Role.ADMIN);
            List<String> accepted = new ArrayList<>();
            accepted.add(awaitAccepted(client));

            broker.stop();
            post(client, "/restore/plan", planRequest())
                    .expectStatus()
                    .isEqualTo(503)
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("urn:vm-restore:problem:event-log-unavailable");
            broker.returnAfter(longestTimeout(gateway));
            accepted.add(awaitAccepted(client));

            assertThat(PublishedEvents.all(
                            broker.bootstrapServers(),
                            event -> event instanceof RestoreRequested requested
                                    && requested.requestedBy().equals(user)))
                    .extracting(event -> event.jobId().toString())
                    .as("what was not accepted is not published later either")
                    .containsExactlyElementsOf(accepted);
        }
    }

    /** Asks until a request is accepted, and returns its job id. */
    private static String awaitAccepted(WebTestClient client) {
        AtomicReference<String> jobId = new AtomicReference<>();
        await("a request is accepted").atMost(Duration.ofSeconds(90)).until(() -> {
            EntityExchangeResult<byte[]> answer =
                    post(client, "/restore/plan", planRequest()).expectBody().returnResult();
            if (answer.getStatus().value() == 202) {
                jobId.set(Json.MAPPER
                        .readTree(answer.getResponseBody())
                        .path("job_id")
                        .asString());
            }
            return jobId.get() != null;
        });
        return jobId.get();
    }

    private static Duration longestTimeout(RunningGateway gateway) {
        Map<String, Object> producer =
                gateway.context().getBean(ProducerFactory.class).getConfigurationProperties();
        Duration longest = RestartableBroker.longest(
                List.of(RestartableBroker.producer(producer)),
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);
        assertThat(longest).isEqualTo(Duration.ofSeconds(4));
        return longest;
    }

    @Test
    void publishesNothingWhileTheStatusServiceIsAway() {
        String user = newUser();
        try (RunningGateway gateway = new RunningGateway(
                "KAFKA_BOOTSTRAP_SERVERS=" + TestInfrastructure.kafkaBootstrapServers(),
                "OS_AUTH_URL=http://" + NOBODY,
                "RESTORE_STATUS_URL=http://" + NOBODY,
                "RESTORE_TOPIC_PARTITIONS=12")) {
            WebTestClient client = gateway.as(user, Role.ADMIN);
            // The gateway brings the topics with it, without anyone asking.
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(topics())
                            .containsAll(Topics.all(12).stream()
                                    .map(Topics.Topic::name)
                                    .collect(Collectors.toSet())));
            post(client, "/restore/plan", planRequest())
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .valueEquals("Retry-After", "2")
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("urn:vm-restore:problem:status-store-unavailable");
            post(client, "/restore/execute", Map.of("plan_id", UUID.randomUUID().toString()))
                    .expectStatus()
                    .isEqualTo(503);
            assertThat(PublishedEvents.all(event -> event instanceof RestoreRequested requested
                            && requested.requestedBy().equals(user)))
                    .isEmpty();

            post(gateway.anonymous(), "/auth/login", Map.of("username", "olga", "password", "x"))
                    .expectStatus()
                    .isEqualTo(502)
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("urn:vm-restore:problem:identity-unavailable")
                    .jsonPath("$.detail")
                    .value(
                            String.class,
                            detail -> assertThat(detail)
                                    .matches("The identity service \\(Keystone\\) cannot be asked: no connection to"
                                            + " \\S+:\\d+ \\(POST /v3/auth/tokens, request req-[0-9a-f-]{36}\\);"
                                            + " the login could not be checked\\. Check that the service runs and"
                                            + " listens there, and that no firewall or proxy refuses the"
                                            + " connection\\."));
        }
    }

    private static Set<String> topics() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestInfrastructure.kafkaBootstrapServers()))) {
            return admin.listTopics().names().get();
        }
    }
}
