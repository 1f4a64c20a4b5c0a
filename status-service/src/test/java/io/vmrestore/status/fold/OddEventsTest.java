package io.vmrestore.status.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.EventType;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRefused;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.RestoreCancelled;
import io.vmrestore.common.contract.RestoreEvent.RestoreDryRun;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.status.query.JobDetail;
import io.vmrestore.status.store.BatchWriter;
import io.vmrestore.status.store.JobRecord;
import io.vmrestore.status.store.JobStore;
import io.vmrestore.status.store.OffsetStore;
import io.vmrestore.status.store.StoredRestores;
import io.vmrestore.status.testing.OddValues;
import io.vmrestore.status.testing.Plans;
import io.vmrestore.status.testing.RestoreLife;
import io.vmrestore.status.testing.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Whatever stands in the texts and times of an event: it is folded, and its restore comes to its end in the tables. */
class OddEventsTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private final TestDatabase database = TestDatabase.create();
    private final Fold fold = new Fold(new JobStore(database.client()), new BatchWriter(database.client()));
    private final Map<Integer, Long> positions = new HashMap<>(Objects.requireNonNull(
            new OffsetStore(database.client()).read(Set.of(0)).block()));
    private final Set<EventType> seen = EnumSet.of(EventType.REDRIVE_REQUESTED);
    private final Map<FoldOutcome, Integer> outcomes = new EnumMap<>(FoldOutcome.class);
    private long offset;
    private int ended;

    @Test
    void everyRestoreReachesItsEnd() {
        List<List<RestoreEvent>> lives = new ArrayList<>();
        for (long seed = 1; seed <= 25; seed++) {
            lives.add(RestoreLife.troubled(seed).events());
        }
        lives.add(interrupted());
        lives.add(cancelledAsPlan());
        lives.add(dryRun());
        long seed = 0;
        for (List<RestoreEvent> life : lives) {
            OddValues odd = new OddValues(seed++);
            List<RestoreEvent> spoilt = life.stream().map(odd::spoil).toList();
            spoilt.forEach(this::fold);
            asTheCoreSays(RestoreLife.fold(spoilt), spoilt);
        }
        assertThat(ended).isGreaterThan(lives.size() / 2);
        assertThat(seen).containsExactlyInAnyOrder(EventType.values());
        assertThat(outcomes).doesNotContainKeys(FoldOutcome.UNSTORABLE, FoldOutcome.UNDECODABLE, FoldOutcome.ILLEGAL);
    }

    private void asTheCoreSays(JobState expected, List<RestoreEvent> events) {
        JobRecord found = StoredRestores.job(database, expected.jobId());
        assertThat(found.state().status()).isEqualTo(expected.status());
        ended += expected.status().terminal() ? 1 : 0;
        assertThat(found.state().version()).isEqualTo(expected.version());
        assertThat(found.state().steps()).hasSameSizeAs(expected.steps());
        assertThat(Json.MAPPER.writeValueAsString(JobDetail.of(found))).doesNotContain("\ud800\"");
        assertThat(StoredRestores.events(database, expected.jobId())).hasSizeBetween(1, events.size());
    }

    /** Each event alone and without what is remembered, so that every state is read back from the tables. */
    private void fold(RestoreEvent event) {
        seen.add(event.type());
        ProducerRecord<String, byte[]> sent = EventCodec.encode(event);
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(Topics.EVENTS, 0, offset++, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        EventBatch batch = EventBatch.decode(List.of(record));
        fold.forget();
        Objects.requireNonNull(fold.applyStorable(batch, positions).block())
                .forEach((outcome, count) -> outcomes.merge(outcome, count, Integer::sum));
        positions.putAll(batch.nextOffsets());
    }

    private static List<RestoreEvent> interrupted() {
        UUID job = UUID.randomUUID();
        return List.of(requested(job), new RestoreInterrupted(job, "vm-1", NOW, "no sign of life", "alice"));
    }

    private static List<RestoreEvent> cancelledAsPlan() {
        UUID job = UUID.randomUUID();
        UUID execution = UUID.randomUUID();
        return List.of(
                requested(job),
                planned(job),
                new ExecutionRequested(job, "vm-1", NOW, execution, "alice"),
                new ExecutionRefused(job, "vm-1", NOW, execution, "the VM is busy"),
                new CancellationRequested(job, "vm-1", NOW, "alice", "not needed", null),
                new RestoreCancelled(job, "vm-1", NOW, List.of()));
    }

    private static List<RestoreEvent> dryRun() {
        UUID job = UUID.randomUUID();
        UUID execution = UUID.randomUUID();
        return List.of(
                requested(job),
                planned(job),
                new ExecutionRequested(job, "vm-1", NOW, execution, "alice"),
                new RestoreDryRun(job, "vm-1", NOW, execution));
    }

    private static RestoreRequested requested(UUID job) {
        return new RestoreRequested(
                job, "vm-1", NOW, "project-1", "snapshot-1", RestoreMode.NEW, "name", IpStrategy.NEW_IPS, "alice");
    }

    private static PlanCreated planned(UUID job) {
        return new PlanCreated(job, "vm-1", NOW, Plans.of("vm-1", "db-1", "project-1", 1, true));
    }
}
