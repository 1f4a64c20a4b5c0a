package io.vmrestore.status.fold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.status.query.JobDetail;
import io.vmrestore.status.store.OffsetMovedException;
import io.vmrestore.status.store.StoredRestores;
import io.vmrestore.status.testing.Plans;
import io.vmrestore.status.testing.RestoreLife;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class FoldTest {
    private final EventLog log = new EventLog();

    @Test
    void theTablesDoNotDependOnHowTheLogIsCutIntoBatches() {
        log.appendInterleaved(1, 6);
        Folder whole = new Folder();
        whole.fold(log.records);
        for (long seed = 1; seed <= 2; seed++) {
            Folder cut = new Folder();
            cut.foldInPieces(log.records, new Random(seed));
            assertThat(cut.database.rows()).as("seed %d", seed).isEqualTo(whole.database.rows());
        }
    }

    @Test
    void foldingTheLogAgainFromItsBeginningChangesNothing() {
        log.appendInterleaved(7, 8);
        Folder folder = new Folder();
        folder.fold(log.records);
        List<String> rows = folder.database.rows();
        folder.database.execute("UPDATE fold_offsets SET next_offset = 0");
        folder.positions.clear();
        Map<FoldOutcome, Integer> outcomes = folder.fold(log.records);
        assertThat(folder.database.rows()).isEqualTo(rows);
        assertThat(outcomes).doesNotContainKey(FoldOutcome.APPLIED);
    }

    @Test
    void aCrashInTheMiddleOfABatchLeavesNothingOfIt() {
        log.appendInterleaved(3, 6);
        Folder uninterrupted = new Folder();
        uninterrupted.fold(log.records);
        int half = log.records.size() / 2;
        Folder folder = new Folder();
        folder.fold(log.records.subList(0, half));
        List<String> rows = folder.database.rows();
        folder.database.execute("""
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'the server went away'; END $$;
            CREATE TRIGGER fail BEFORE INSERT ON restore_job_steps EXECUTE FUNCTION fail();
            """);
        assertThatThrownBy(() -> folder.fold(log.records.subList(half, log.records.size())))
                .hasMessageContaining("the server went away");
        folder.database.execute("DROP TRIGGER fail ON restore_job_steps");
        assertThat(folder.database.rows()).isEqualTo(rows);
        folder.positions.clear();
        folder.fold(log.records.subList(half, log.records.size()));
        assertThat(folder.database.rows()).isEqualTo(uninterrupted.database.rows());
    }

    @Test
    void everyAppliedEventIsKeptOnceInItsPublicForm() {
        List<RestoreLife> lives =
                LongStream.range(30, 36).mapToObj(RestoreLife::troubled).toList();
        lives.forEach(life -> life.events().forEach(log::append));
        lives.forEach(life -> life.events().forEach(log::append));
        Folder folder = new Folder();
        folder.foldInPieces(log.records, new Random(1));
        List<String> expected = lives.stream()
                .sorted(Comparator.comparing(life -> life.jobId().toString()))
                .flatMap(FoldTest::kept)
                .toList();
        assertThat(expected).hasSizeGreaterThan(50);
        assertThat(folder.database.events().stream().map(FoldTest::withoutPlan).toList())
                .isEqualTo(expected);
    }

    private static Stream<String> kept(RestoreLife life) {
        List<RestoreEvent> applied = life.appliedEvents();
        return IntStream.range(0, applied.size()).mapToObj(index -> {
            RestoreEvent event = applied.get(index);
            ObjectNode row = Json.MAPPER
                    .createObjectNode()
                    .put("job_id", life.jobId().toString())
                    .put("version", index + 1)
                    .put("event_id", event.id())
                    .put("type", EventCodec.typeName(event.type()));
            row.set("data", Json.MAPPER.<JsonNode>valueToTree(event));
            return withoutPlan(row.toString());
        });
    }

    /** PostgreSQL stores no NUL; the plan is looked at by a test of its own. */
    private static String withoutPlan(String row) {
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(row.replace("\\\\u0000", "\\u0000"));
        ((ObjectNode) json.get("data")).remove("plan");
        return json.toString();
    }

    @Test
    void thePlanIsKeptWithoutWhatOnlyExecutorsNeed() {
        RestoreLife.smooth(22).events().forEach(log::append);
        Folder folder = new Folder();
        folder.fold(log.records);
        List<String> events = folder.database.events();
        assertThat(events.get(1))
                .contains("PlanCreated", "\"user_data\":{\"present\":true,\"bytes\":17}", "operator-key");
        assertThat(events)
                .noneMatch(event -> event.contains("\"partition\"")
                        || event.contains("ciphertext")
                        || event.contains(Plans.PUBLIC_KEY));
    }

    @Test
    void whoeverLostThePartitionIsRefusedAndChangesNothing() {
        log.appendInterleaved(4, 4);
        Folder zombie = new Folder();
        int third = log.records.size() / 3;
        zombie.fold(log.records.subList(0, third));
        Folder heir = new Folder(zombie.database);
        heir.fold(log.records.subList(third, 2 * third));
        List<String> rows = zombie.database.rows();
        assertThatThrownBy(() -> zombie.fold(log.records.subList(third, log.records.size())))
                .isInstanceOf(OffsetMovedException.class);
        assertThat(zombie.database.rows()).isEqualTo(rows);
    }

    @Test
    void whatIsNoEventOrContradictsTheStateIsCountedAndPassedOver() {
        RestoreLife life = RestoreLife.smooth(9);
        RestoreLife stranger = RestoreLife.smooth(10);
        log.append(life.events().getFirst());
        log.append(new ProducerRecord<>(Topics.EVENTS, life.vmId(), "{}".getBytes(UTF_8)));
        log.append(stranger.events().getLast());
        log.append(new RestoreEvent.PlanCreated(life.jobId(), life.vmId(), Instant.now(), null));
        life.events().stream().skip(1).forEach(log::append);
        log.append(life.events().getLast());
        Folder folder = new Folder();
        Map<FoldOutcome, Integer> outcomes = folder.fold(log.records);
        assertThat(outcomes)
                .containsEntry(FoldOutcome.UNDECODABLE, 2)
                .containsEntry(FoldOutcome.ILLEGAL, 1)
                .containsEntry(FoldOutcome.IGNORED, 1)
                .containsEntry(FoldOutcome.APPLIED, life.events().size());
        assertThat(folder.database.number("SELECT count(*) FROM restore_jobs WHERE status = 'COMPLETED'"))
                .isEqualTo(1);
    }

    @Test
    void anEventThatTheTablesHaveNoPlaceForDoesNotKeepTheOthersOut() {
        RestoreLife life = RestoreLife.smooth(11);
        log.append(life.events().getFirst());
        log.append(new RestoreEvent.RestoreRequested(
                UUID.randomUUID(),
                "vm-1",
                Instant.now(),
                "project",
                "snapshot",
                RestoreMode.NEW,
                null,
                IpStrategy.NEW_IPS,
                "mallory"));
        life.events().stream().skip(1).forEach(log::append);
        Folder folder = new Folder();
        folder.database.execute(
                "ALTER TABLE restore_jobs ADD CONSTRAINT nobody_foresaw CHECK (requested_by <> 'mallory')");
        Map<FoldOutcome, Integer> outcomes = folder.fold(log.records);
        assertThat(outcomes)
                .containsEntry(FoldOutcome.UNSTORABLE, 1)
                .containsEntry(FoldOutcome.APPLIED, life.events().size());
        assertThat(folder.offsets()).isEqualTo(log.next);
        assertThat(folder.database.number("SELECT count(*) FROM restore_jobs")).isEqualTo(1);
    }

    @Test
    void aRestoreSaysThatAnEventOfItIsMissing() {
        RestoreLife life = RestoreLife.smooth(7);
        life.events().forEach(log::append);
        Folder folder = new Folder();
        folder.database.execute("ALTER TABLE restore_jobs ADD CONSTRAINT nobody_foresaw CHECK (status <> 'COMPLETED')");

        assertThat(folder.fold(log.records))
                .containsEntry(FoldOutcome.UNSTORABLE, 1)
                .containsEntry(FoldOutcome.APPLIED, life.events().size() - 1);

        RestoreEvent last = life.events().getLast();
        JobDetail told = JobDetail.of(StoredRestores.job(folder.database, last.jobId()));
        assertThat(told.summary().status()).isEqualTo(JobStatus.RUNNING);
        assertThat(told.summary().unreadableEvents()).isEqualTo(1);
        assertThat(folder.database.text("SELECT event_id || ' ' || type FROM unreadable_events"))
                .isEqualTo(last.id() + " " + EventCodec.typeName(last.type()));
        assertThat(folder.database.text("SELECT reason FROM unreadable_events"))
                .startsWith("The database refuses its values: ")
                .contains("nobody_foresaw");
    }

    @Test
    void aNoticeWithTooManyJobsNamesNone() {
        for (int job = 0; job < 300; job++) {
            log.append(RestoreLife.smooth(1000 + job).events().getFirst());
        }
        Folder folder = new Folder();
        assertThat(folder.fold(log.records)).isEqualTo(Map.of(FoldOutcome.APPLIED, 300));
    }
}
