package io.vmrestore.common.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmrestore.common.contract.EventType;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.contract.Topics;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class EventCodecTest {
    static final List<EventType> TYPES = List.of(EventType.values());

    @Test
    void anEventIsACloudEventInBinaryMode() {
        RestoreRequested event = (RestoreRequested) Samples.decoded(EventType.RESTORE_REQUESTED);
        ProducerRecord<String, byte[]> record = EventCodec.encode(event);
        assertThat(record.topic()).isEqualTo(Topics.EVENTS);
        assertThat(record.key()).isEqualTo(event.vmId());
        assertThat(record.partition()).isNull();
        assertThat(headers(record))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", event.jobId() + "/RestoreRequested",
                        "ce_source", "/vm-restore",
                        "ce_type", "io.vmrestore.RestoreRequested.v1",
                        "ce_subject", event.jobId().toString(),
                        "ce_time", "2026-11-22T12:00:00Z",
                        "content-type", "application/json"));
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void whatIsWrittenIsReadAgain(EventType type) {
        for (int seed = 0; seed < 50; seed++) {
            RestoreEvent event = new RandomRecords(new Random(seed)).next(type.record());
            ProducerRecord<String, byte[]> record = EventCodec.encode(event);
            assertThat(EventCodec.decode(record.headers(), record.value()))
                    .as("with seed %d", seed)
                    .isEqualTo(event);
        }
    }

    @Test
    void idsAreTheSameForARepeatAndDifferOtherwise() {
        StepCompleted first = (StepCompleted) Samples.decoded(EventType.STEP_COMPLETED);
        StepAddress step = first.step();
        assertThat(first.id()).isEqualTo(step.jobId() + "/8/1/StepCompleted");
        StepAddress next = new StepAddress(
                step.jobId(), step.vmId(), step.projectId(), step.stepOrder(), step.action(), step.attempt() + 1);
        assertThat(new StepCompleted(next, first.time(), List.of(), Map.of(), null).id())
                .isEqualTo(step.jobId() + "/8/2/StepCompleted");
        assertThat(TYPES.stream().map(type -> Samples.decoded(type).id())).doesNotHaveDuplicates();
    }

    @Test
    void theTypeIsReadWithoutTheData() {
        RestoreEvent event = Samples.decoded(EventType.STEP_COMPLETED);
        assertThat(EventCodec.type(EventCodec.encode(event).headers())).contains(EventType.STEP_COMPLETED);
        assertThat(EventCodec.type(Samples.headers("io.vmrestore.Nonsense.v1"))).isEmpty();
        assertThat(EventCodec.type(new RecordHeaders())).isEmpty();
    }

    @Test
    void theIdIsReadWithoutTheData() {
        RestoreEvent event = Samples.decoded(EventType.STEP_COMPLETED);
        assertThat(EventCodec.id(EventCodec.encode(event).headers())).contains(event.id());
        assertThat(EventCodec.id(new RecordHeaders())).isEmpty();
        assertThat(EventCodec.id(new RecordHeaders().add("ce_id", null))).isEmpty();
    }

    @Test
    void whatIsNoEventOfOursIsRefusedByName() {
        assertThat(failure("io.vmrestore.Nonsense.v1", "{}")).isEqualTo("Unknown event type io.vmrestore.Nonsense.v1");
        assertThat(failure("io.vmrestore.PlanCreated.v2", "{}"))
                .isEqualTo("Unknown event type io.vmrestore.PlanCreated.v2");
        assertThat(failure(type(EventType.PLAN_CREATED), null))
                .isEqualTo("The CloudEvent io.vmrestore.PlanCreated.v1 has no data");
        assertThat(failure(type(EventType.PLAN_CREATED), ""))
                .isEqualTo("The CloudEvent io.vmrestore.PlanCreated.v1 has no data");
        assertThat(failure(type(EventType.PLAN_CREATED), "null"))
                .isEqualTo("The data of CloudEvent io.vmrestore.PlanCreated.v1 some-id is null");
        UndecodableException plain = catchThrowableOfType(
                UndecodableException.class, () -> EventCodec.decode(new RecordHeaders(), "{}".getBytes(UTF_8)));
        assertThat(plain).hasMessageStartingWith("The record is no CloudEvent: ");
    }

    @Test
    void theMessageNamesThePlaceAndTellsNothingOfTheData() {
        String secret = "hunter2";
        String sample = Samples.of(EventType.PLAN_CREATED);
        assertThat(failure(
                        type(EventType.PLAN_CREATED),
                        sample.replace("\"size_gigabytes\": 40", "\"size_gigabytes\": \"" + secret + "\"")))
                .isEqualTo("The data of CloudEvent io.vmrestore.PlanCreated.v1 some-id is not a PlanCreated near"
                        + " '/plan/server/boot_volume/size_gigabytes'");
        assertThat(failure(type(EventType.PLAN_CREATED), sample.replace("\"create_volume\"", "\"" + secret + "\"")))
                .isEqualTo("The data of CloudEvent io.vmrestore.PlanCreated.v1 some-id is not a PlanCreated near"
                        + " '/plan/steps/2/action'");
        assertThat(failure(type(EventType.PLAN_CREATED), secret))
                .isEqualTo("The data of CloudEvent io.vmrestore.PlanCreated.v1 some-id is not a PlanCreated near ''");
        assertThat(failure(type(EventType.PLAN_CREATED), sample.replace("\"fingerprint\"", "\"" + secret + "\"")))
                .isEqualTo("The data of CloudEvent io.vmrestore.PlanCreated.v1 some-id lacks /plan/fingerprint");
        assertThat(failure(type(EventType.PLAN_CREATED), sample.replace("\"subnet_id\"", "\"" + secret + "\"")))
                .isEqualTo("The data of CloudEvent io.vmrestore.PlanCreated.v1 some-id lacks"
                        + " /plan/nics/original_ips/subnet_id");
    }

    @Test
    void freeFormDetailsMayHoldNull() {
        String sample = Samples.of(EventType.STEP_COMPLETED).replace("\"differences\": 1", "\"volume_status\": null");
        StepCompleted event = (StepCompleted)
                EventCodec.decode(Samples.headers(type(EventType.STEP_COMPLETED)), sample.getBytes(UTF_8));
        assertThat(event.detail()).containsEntry("volume_status", null);
    }

    static String failure(String type, String data) {
        UndecodableException failure = catchThrowableOfType(
                UndecodableException.class,
                () -> EventCodec.decode(Samples.headers(type), data == null ? null : data.getBytes(UTF_8)));
        assertThat(failure).as("failure to read %s", data).isNotNull();
        return failure.getMessage();
    }

    private static String type(EventType type) {
        return EventCodec.typeName(type);
    }

    private static Map<String, String> headers(ProducerRecord<String, byte[]> record) {
        return Arrays.stream(record.headers().toArray())
                .collect(Collectors.toMap(header -> header.key(), header -> new String(header.value(), UTF_8)));
    }
}
