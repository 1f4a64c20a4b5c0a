package io.vmrestore.status.fold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.embedded.DatabaseEndpoint;
import io.vmrestore.embedded.EmbeddedDatabase;
import io.vmrestore.embedded.EmbeddedDatabaseSettings;
import io.vmrestore.embedded.testing.TestInfrastructure;
import io.vmrestore.status.testing.EventTopic;
import io.vmrestore.status.testing.HttpProbe;
import io.vmrestore.status.testing.RestoreLife;
import io.vmrestore.status.testing.StatusService;
import io.vmrestore.status.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Test
    void instancesThatComeAndGoFoldWhatOneAloneFoldsFromTheBeginning() {
        DatabaseEndpoint endpoint = TestInfrastructure.newDatabase();
        TestDatabase database = TestDatabase.of(endpoint);
        String group = "status-" + UUID.randomUUID();
        List<RestoreLife> lives =
                LongStream.range(70_000, 70_012).mapToObj(RestoreLife::troubled).toList();
        try (EventTopic topic = new EventTopic();
                StatusService second = StatusService.start(endpoint, group)) {
            try (StatusService first = StatusService.start(endpoint, group)) {
                first.awaitReady();
                second.awaitReady();
                lives.forEach(life -> topic.publish(part(life, 0, 3)));
                await("the first third is folded").atMost(LIMIT).until(() -> folded(database, lives, 1));
                lives.forEach(life -> topic.publish(part(life, 1, 3)));
            }
            // Duplicates, and a record that is none of ours, in the middle.
            lives.forEach(life -> topic.publish(part(life, 1, 3)));
            topic.publish(new ProducerRecord<>(Topics.EVENTS, lives.getFirst().vmId(), "no event".getBytes(UTF_8)));
        }
        try (EventTopic topic = new EventTopic();
                StatusService third = StatusService.start(endpoint, group);
                StatusService rebuilding = StatusService.start()) {
            lives.forEach(life -> topic.publish(part(life, 2, 3)));
            third.awaitReady();
            TestDatabase rebuilt = rebuilding.awaitReady().database();
            await("both have folded the same log")
                    .atMost(LIMIT)
                    .until(() -> folded(database, lives, 3) && database.rows().equals(rebuilt.rows()));
        }
    }

    /** As after a database was restored from a backup: the group has read everything, the tables have not. */
    @Test
    void foldsFromWhereTheTablesStandAndNotFromWhereTheGroupDoes() throws Exception {
        String group = "status-" + UUID.randomUUID();
        RestoreLife life = RestoreLife.smooth(81_000);
        try (EventTopic topic = new EventTopic()) {
            topic.publish(life.events());
        }
        commitEverything(group);
        try (StatusService service = StatusService.start(TestInfrastructure.newDatabase(), group)) {
            awaitVersion(
                    service.http("viewer"),
                    "/internal/jobs/" + life.jobId(),
                    life.lastState().version());
        }
    }

    private static void commitEverything(String group) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestInfrastructure.kafkaBootstrapServers()))) {
            Map<TopicPartition, OffsetSpec> latest = admin
                    .describeTopics(List.of(Topics.EVENTS))
                    .allTopicNames()
                    .get()
                    .get(Topics.EVENTS)
                    .partitions()
                    .stream()
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(Topics.EVENTS, partition.partition()),
                            _ -> OffsetSpec.latest()));
            Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
            admin.listOffsets(latest)
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end.offset())));
            admin.alterConsumerGroupOffsets(group, ends).all().get();
        }
    }

    @Test
    void aDatabaseThatComesLateAndGoesAwayCostsNoEvent(@TempDir Path directory) {
        EmbeddedDatabaseSettings settings = EmbeddedDatabaseSettings.in(directory);
        DatabaseEndpoint endpoint;
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings)) {
            endpoint = database.endpoint();
        }
        EmbeddedDatabaseSettings samePort = settings.withPort(endpoint.port());
        RestoreLife life = RestoreLife.smooth(80_000);
        String path = "/internal/jobs/" + life.jobId();
        try (EventTopic topic = new EventTopic();
                StatusService service = StatusService.start(endpoint, "status-" + UUID.randomUUID())) {
            HttpProbe http = service.http("viewer");
            topic.publish(life.events().subList(0, 5));
            assertUnavailable(http.get(path));
            assertThat(service.management().get("/actuator/health/readiness").statusCode())
                    .isEqualTo(503);
            assertThat(service.management().get("/actuator/health/liveness").statusCode())
                    .isEqualTo(200);
            try (EmbeddedDatabase database = EmbeddedDatabase.start(samePort)) {
                assertThat(database.endpoint().port()).isEqualTo(endpoint.port());
                awaitVersion(http, path, life.stateAfter(5).version());
                service.awaitReady();
            }
            await("the outage is noticed")
                    .atMost(LIMIT)
                    .until(() -> http.get(path).statusCode() == 503);
            topic.publish(life.events().subList(5, life.events().size()));
            await("readiness tells it")
                    .atMost(LIMIT)
                    .until(() -> service.management()
                                    .get("/actuator/health/readiness")
                                    .statusCode()
                            == 503);
            try (EmbeddedDatabase database = EmbeddedDatabase.start(samePort)) {
                assertThat(database.endpoint().port()).isEqualTo(endpoint.port());
                awaitVersion(http, path, life.lastState().version());
                // Notices arrive again, over a new connection.
                RestoreLife next = RestoreLife.smooth(80_001);
                topic.publish(next.events());
                HttpResponse<String> ended =
                        http.get("/internal/jobs/" + next.jobId() + "?until=ended&wait_millis=30000");
                assertThat(HttpProbe.json(ended).get("status").asString()).isEqualTo("COMPLETED");
                service.awaitReady();
            }
        }
    }

    private static void awaitVersion(HttpProbe http, String path, long version) {
        await("version " + version).atMost(LIMIT).until(() -> {
            HttpResponse<String> answer = http.get(path);
            return answer.statusCode() == 200
                    && HttpProbe.json(answer).get("version").asLong() == version;
        });
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(HttpProbe.json(answer).get("type").asString())
                .isEqualTo("urn:vm-restore:problem:status-store-unavailable");
        assertThat(HttpProbe.json(answer).get("detail").asString())
                .isEqualTo("The database that holds the status of restores does not answer. Restores go on; ask again"
                        + " later.");
    }

    private static List<RestoreEvent> part(RestoreLife life, int number, int of) {
        int size = life.events().size();
        return life.events().subList(size * number / of, size * (number + 1) / of);
    }

    /** Whether the tables have every restore as it is after some thirds of its events. */
    private static boolean folded(TestDatabase database, List<RestoreLife> lives, int thirds) {
        List<String> behind = new ArrayList<>();
        for (RestoreLife life : lives) {
            int events = life.events().size() * thirds / 3;
            long found =
                    database.number("SELECT count(*) FROM restore_jobs WHERE id = '" + life.jobId() + "' AND status = '"
                            + (events == 0 ? "" : life.stateAfter(events).status()) + "'");
            if (events > 0 && found == 0) {
                behind.add(life.jobId().toString());
            }
        }
        return behind.isEmpty();
    }
}
