package io.vmrestore.common.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Difference;
import io.vmrestore.common.contract.EventType;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.RestoreCancelled;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.StepAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a step tells, its event fits its record; what was made is told whole. */
class EventBoundsTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final StepAddress STEP =
            new StepAddress(UUID.randomUUID(), "vm-1", "project-1", 8, Action.FINALIZE, 1);
    private static final Resource SERVER = new Resource(ResourceType.SERVER, "server-1", "n".repeat(5000));

    @ParameterizedTest
    @EnumSource(EventType.class)
    void ordinaryEventsAreLeftAsTheyAre(EventType type) {
        RestoreEvent event = Samples.decoded(type);
        assertThat(EventBounds.of(event)).isEqualTo(event);
    }

    @Test
    void whatAStepTellsIsCutAndSaysSo() {
        StepProgressed told = published(new StepProgressed(
                STEP, NOW, List.of(SERVER), Map.of("text", "x".repeat(3_000_000), "list", numbers(100_000), "n", 7)));
        assertThat(told.resources()).containsExactly(SERVER);
        assertThat(told.detail()).containsEntry("n", 7);
        assertThat((String) told.detail().get("text")).hasSizeLessThan(5000).endsWith(" more characters)");
        assertThat((List<?>) told.detail().get("list")).hasSize(200).last().isEqualTo("… (99801 more)");
    }

    @Test
    void aDetailOfManyLargeValuesKeepsTheSmallOnes() {
        Map<String, Object> detail = IntStream.range(0, 100)
                .boxed()
                .collect(Collectors.toMap(i -> "k" + i, i -> i == 0 ? "small" : "y".repeat(4000)));
        StepProgressed told = published(new StepProgressed(STEP, NOW, List.of(), detail));
        assertThat(told.detail())
                .hasSize(100)
                .containsEntry("k0", "small")
                .containsEntry("k1", "(4002 bytes are left out)");
    }

    @Test
    void anErrorOfAnySizeIsToldWithItsBeginning() {
        StepFailed failed = published(new StepFailed(
                STEP,
                NOW,
                new Failure(FailureKind.CLOUD_REFUSED, "No: " + "\0".repeat(3_000_000), "compute", 400, "req-1"),
                false,
                List.of(SERVER),
                Map.of()));
        assertThat(failed.failure().message()).startsWith("No: ").hasSizeLessThan(9000);
        assertThat(failed.failure().requestId()).isEqualTo("req-1");
    }

    @Test
    void differencesOfAResultAreCutAndCounted() {
        List<Difference> differences = IntStream.range(0, 40_000)
                .mapToObj(i -> new Difference("metadata." + i, "a".repeat(2000), "absent"))
                .toList();
        RestoreResult result = new RestoreResult("server-1", "volume-1", List.of("port-1"), List.of(), differences);
        StepCompleted completed = published(new StepCompleted(STEP, NOW, List.of(SERVER), Map.of(), result));
        RestoreResult told = completed.result();
        assertThat(told).isNotNull();
        assertThat(told.serverId()).isEqualTo("server-1");
        assertThat(told.differences())
                .hasSize(500)
                .last()
                .isEqualTo(new Difference("further differences", "39501", "not shown"));
    }

    @Test
    void whatIsNestedDeeplyIsCut() {
        Object deep = "bottom";
        for (int level = 0; level < 400; level++) {
            deep = level % 2 == 0 ? Map.of("in", deep) : List.of(deep);
        }
        StepProgressed told = published(new StepProgressed(STEP, NOW, List.of(), Map.of("deep", deep)));
        assertThat(told.detail().toString()).doesNotContain("bottom").contains("…");
    }

    @Test
    void whatIsCutIsNotCutAgainWhenItIsToldAgain() {
        RestoreEvent once = EventBounds.of(new StepFailed(
                STEP,
                NOW,
                Failure.of(FailureKind.INTERNAL, "é\ud83d\ude00".repeat(9000)),
                false,
                List.of(),
                Map.of("list", numbers(500), "text", "z".repeat(9000))));
        assertThat(EventBounds.of(once)).isEqualTo(once);
    }

    @Test
    void whatMayNotBeCutAndFitsNoRecordIsRefusedForGood() {
        List<Resource> many = IntStream.range(0, 1000)
                .mapToObj(i -> new Resource(ResourceType.PORT, "port-" + i, "n".repeat(5000)))
                .toList();
        RestoreCancelled event = new RestoreCancelled(STEP.jobId(), "vm-1", NOW, many);
        assertThatThrownBy(() -> EventCodec.encode(event))
                .isInstanceOf(UnpublishableException.class)
                .hasMessageContaining(event.id())
                .hasMessageContaining("a record may have " + RecordSize.MAX_VALUE_BYTES)
                .matches(PublishFailure::lasting);
    }

    private static List<Object> numbers(int count) {
        return IntStream.range(0, count).<Object>mapToObj(i -> i).toList();
    }

    @SuppressWarnings("unchecked")
    private static <E extends RestoreEvent> E published(E event) {
        ProducerRecord<String, byte[]> record = EventCodec.encode(event);
        assertThat(record.value()).hasSizeLessThan(RecordSize.MAX_VALUE_BYTES);
        return (E) EventCodec.decode(record.headers(), record.value());
    }
}
