package io.vmrestore.status.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.embedded.DatabaseEndpoint;
import io.vmrestore.embedded.testing.TestInfrastructure;
import io.vmrestore.status.testing.EventTopic;
import io.vmrestore.status.testing.HttpProbe;
import io.vmrestore.status.testing.RestoreLife;
import io.vmrestore.status.testing.StatusService;
import io.vmrestore.status.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** With a real broker and database: tables are folded anew while events come and clients read. */
class RebuildTest {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String PATH = "/internal/rebuild";

    private static List<RestoreEvent> half(RestoreLife life, int number) {
        int size = life.events().size();
        return life.events().subList(size * number / 2, size * (number + 1) / 2);
    }

    private static void awaitFolded(TestDatabase database, List<RestoreLife> lives, int halves) {
        await("every event is folded")
                .atMost(LIMIT)
                .until(() -> lives.stream().allMatch(life -> {
                    int events = life.events().size() * halves / 2;
                    return database.number(
                                    "SELECT count(*) FROM restore_jobs WHERE id = '" + life.jobId() + "' AND version = "
                                            + life.stateAfter(events).version())
                            == 1;
                }));
    }

    private static JsonNode begin(StatusService service) {
        HttpResponse<String> answer =
                service.http("superadmin").postAsync(PATH, "{}").join();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return HttpProbe.json(answer);
    }

    private static JsonNode awaitEnd(StatusService service) {
        HttpProbe http = service.http("superadmin");
        await("the end of the run")
                .atMost(LIMIT)
                .until(() -> !http.json(PATH).path("state").asString().equals("RUNNING"));
        return http.json(PATH);
    }

    private static boolean schemaExists(TestDatabase database) {
        return database.number("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'status_re%'") > 0;
    }

    /** What a client sees that reads all the time; errors and steps back are collected. */
    private static Thread reader(
            StatusService service, List<RestoreLife> lives, AtomicBoolean over, Queue<String> wrong) {
        return Thread.ofVirtual().start(() -> {
            HttpProbe http = service.http("viewer");
            long[] seen = new long[lives.size()];
            for (int index = 0; !over.get(); index = (index + 1) % lives.size()) {
                HttpResponse<String> answer =
                        http.get("/internal/jobs/" + lives.get(index).jobId());
                if (answer.statusCode() != 200) {
                    wrong.add(answer.statusCode() + " " + answer.body());
                    continue;
                }
                long version = HttpProbe.json(answer).path("version").asLong();
                if (version < seen[index]) {
                    wrong.add(lives.get(index).jobId() + " went back from " + seen[index] + " to " + version);
                }
                seen[index] = version;
            }
        });
    }

    @Test
    void brokenTablesAreRepairedWhileEventsComeAndClientsRead() throws Exception {
        DatabaseEndpoint endpoint = TestInfrastructure.newDatabase();
        TestDatabase database = TestDatabase.of(endpoint);
        String group = "status-" + UUID.randomUUID();
        List<RestoreLife> lives = LongStream.range(770_000, 770_060)
                .mapToObj(RestoreLife::troubled)
                .toList();
        List<RestoreLife> broken = lives.subList(0, 3);
        List<RestoreLife> whole = lives.subList(3, lives.size());
        try (EventTopic topic = new EventTopic();
                StatusService first = StatusService.start(endpoint, group);
                StatusService second = StatusService.start(endpoint, group)) {
            first.awaitReady();
            second.awaitReady();
            lives.forEach(life -> topic.publish(half(life, 0)));
            awaitFolded(database, lives, 1);
            database.execute("INSERT INTO request_claims (caller, key, digest, subject_id, claimed_at, expires_at)"
                    + " VALUES ('alice', 'k', 'd', gen_random_uuid(), now(), now() + interval '1 day')");
            database.execute("UPDATE restore_jobs SET requested_by = 'mallory', rolling_back = true WHERE id = '"
                    + broken.getFirst().jobId() + "'");
            database.execute("DELETE FROM restore_job_steps WHERE job_id = '"
                    + broken.get(1).jobId() + "'");
            database.execute(
                    "DELETE FROM restore_jobs WHERE id = '" + broken.get(2).jobId() + "'");

            AtomicBoolean over = new AtomicBoolean();
            Queue<String> wrong = new ConcurrentLinkedQueue<>();
            List<Thread> readers = List.of(reader(first, whole, over, wrong), reader(second, whole, over, wrong));
            String run = begin(first).path("id").asString();
            assertThat(begin(second).path("id").asString())
                    .as("one run at a time")
                    .isEqualTo(run);
            for (RestoreLife life : lives) {
                topic.publish(half(life, 1));
            }
            JsonNode end = awaitEnd(second);
            assertThat(end.path("state").asString()).as(end.toString()).isEqualTo("COMPLETED");
            assertThat(end.path("requested_by").asString()).isEqualTo("alice");
            assertThat(end.path("jobs").asLong()).isGreaterThanOrEqualTo(lives.size());
            awaitFolded(database, lives, 2);
            over.set(true);
            for (Thread reader : readers) {
                reader.join();
            }
            assertThat(wrong).isEmpty();
            assertThat(schemaExists(database)).isFalse();
            assertThat(database.number("SELECT count(*) FROM request_claims")).isEqualTo(1);

            // Both go on from the new tables, also with restores that they had in memory before.
            List<RestoreLife> later = LongStream.range(770_100, 770_110)
                    .mapToObj(RestoreLife::smooth)
                    .toList();
            later.forEach(life -> topic.publish(life.events()));
            awaitFolded(database, later, 2);
            try (StatusService fresh = StatusService.start()) {
                TestDatabase expected = fresh.awaitReady().database();
                await("the tables are what the topic says")
                        .atMost(LIMIT)
                        .until(() -> database.rows().equals(expected.rows()));
            }
        }
    }

    @Test
    void aRunThatDiesLeavesTheOldTablesInUseAndIsTidiedUpByTheNext() throws Exception {
        DatabaseEndpoint endpoint = TestInfrastructure.newDatabase();
        TestDatabase database = TestDatabase.of(endpoint);
        String group = "status-" + UUID.randomUUID();
        List<RestoreLife> lives = LongStream.range(771_000, 771_005)
                .mapToObj(RestoreLife::troubled)
                .toList();
        List<String> before = new ArrayList<>();
        try (EventTopic topic = new EventTopic();
                StatusService dying = StatusService.start(endpoint, group)) {
            dying.awaitReady();
            lives.forEach(life -> topic.publish(life.events()));
            awaitFolded(database, lives, 2);
            before.addAll(database.rows());
            try (Connection holder =
                            DriverManager.getConnection(endpoint.jdbcUrl(), endpoint.user(), endpoint.password());
                    Statement statement = holder.createStatement()) {
                // Whoever holds this keeps the tables from being swapped.
                holder.setAutoCommit(false);
                statement.execute("LOCK TABLE fold_offsets IN SHARE MODE");
                begin(dying);
                await("the new tables are being made").atMost(LIMIT).until(() -> schemaExists(database));
                // What the operating system does when the process is killed: its connections end.
                await("the connection of the run")
                        .atMost(LIMIT)
                        .until(() -> database.number("SELECT count(*) FROM (SELECT pg_terminate_backend(pid) FROM"
                                        + " pg_locks WHERE locktype = 'advisory' AND objid = " + FreshTables.LOCK
                                        + ") killed")
                                > 0);
                holder.rollback();
            }
            JsonNode end = awaitEnd(dying);
            assertThat(end.path("state").asString()).isIn("FAILED", "ABANDONED");
            assertThat(database.rows()).isEqualTo(before);
        }
        try (StatusService next = StatusService.start(endpoint, group)) {
            next.awaitReady();
            begin(next);
            JsonNode end = awaitEnd(next);
            assertThat(end.path("state").asString()).as(end.toString()).isEqualTo("COMPLETED");
            assertThat(schemaExists(database)).isFalse();
            assertThat(database.rows()).containsAll(before);
        }
    }

    @Test
    void onlyThoseWithThePermissionMayBeginOrLook() {
        StatusService service = StatusService.shared();
        for (String role : List.of("viewer", "operator", "admin")) {
            assertThat(service.http(role).get(PATH).statusCode()).isEqualTo(403);
            HttpResponse<String> refused =
                    service.http(role).postAsync(PATH, "{}").join();
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("restore:operate");
        }
    }
}
