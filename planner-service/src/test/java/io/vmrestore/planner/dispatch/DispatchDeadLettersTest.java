package io.vmrestore.planner.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.DeadLetters;
import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.RecordSize;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.Topics;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Which records dispatch puts aside in the dead-letter topic, and that it goes on after them. */
class DispatchDeadLettersTest extends DispatchFixture {
    @Test
    void putsUndecodableRecordsAsideWithTheirCauseAndOrigin() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("content-type", "text/plain".getBytes(UTF_8));
        dispatch.send("vm-1", "rubbish".getBytes(UTF_8), headers);
        dispatch.send(null, null, new RecordHeaders());

        List<TestRecord<String, byte[]>> dead = dispatch.deadLetters();
        assertThat(dead).hasSize(2);
        assertThat(dead.getFirst().key()).isEqualTo("vm-1");
        assertThat(dead.getFirst().value()).isEqualTo("rubbish".getBytes(UTF_8));
        assertThat(header(dead.getFirst(), "content-type")).isEqualTo("text/plain");
        assertThat(header(dead.getFirst(), DeadLetters.CAUSE)).startsWith("The record is no CloudEvent");
        assertThat(header(dead.getFirst(), DeadLetters.ORIGIN)).isEqualTo(Topics.EVENTS + "-0@0");
        assertThat(dispatch.count("undecodable")).isEqualTo(2);
        assertWorks();
    }

    @Test
    void putsEventsAsideThatOnlyANewerBuildKnows() {
        ProducerRecord<String, byte[]> record =
                EventCodec.encode(Restore.of("vm-1").requested(DispatchDriver.START));
        RecordHeaders newer = new RecordHeaders(record.headers());
        newer.remove("ce_type").add("ce_type", "io.vmrestore.RestoreAdmired.v1".getBytes(UTF_8));
        dispatch.send(record.key(), record.value(), newer);

        assertThat(dispatch.commanded()).isEmpty();
        assertThat(dispatch.deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(header(dead, DeadLetters.CAUSE))
                        .isEqualTo("Unknown event type io.vmrestore.RestoreAdmired.v1"));
        assertThat(dispatch.count("undecodable")).isEqualTo(1);
        assertWorks();
    }

    @Test
    void putsEventsAsideThatContradictTheirRestore() {
        Restore unknown = Restore.of("vm-1");
        dispatch.send(unknown.planned(DispatchDriver.START));

        assertThat(dispatch.deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(header(dead, DeadLetters.CAUSE))
                        .isEqualTo(unknown.jobId() + "/PlanCreated is illegal: the job is unknown"));
        assertThat(dispatch.count("illegal")).isEqualTo(1);
        assertWorks();
    }

    @Test
    void putsEventsAsideThatComeUnderAnotherKey() {
        ProducerRecord<String, byte[]> record =
                EventCodec.encode(Restore.of("vm-1").requested(DispatchDriver.START));
        dispatch.send("vm-2", record.value(), record.headers());

        assertThat(dispatch.commanded()).isEmpty();
        assertThat(dispatch.deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(header(dead, DeadLetters.CAUSE))
                        .isEqualTo("The record's key is not the VM id of its event"));
    }

    @Test
    void putsAnEventAsideWhoseConsequencesWouldBeTooLarge() {
        Restore restore = Restore.of("vm-1");
        dispatch.send(restore.requested(DispatchDriver.START));
        dispatch.commanded();
        // The event itself still fits; the command that would carry the plan and more does not.
        int rest =
                EventCodec.encode(restore.plannedWith("", DispatchDriver.START)).value().length;
        dispatch.send(restore.plannedWith("x".repeat(RecordSize.MAX_VALUE_BYTES - rest), DispatchDriver.START));
        dispatch.send(restore.executionRequested(DispatchDriver.START));

        List<TestRecord<String, byte[]>> dead = dispatch.deadLetters();
        assertThat(dead)
                .singleElement()
                .satisfies(record -> assertThat(header(record, DeadLetters.CAUSE))
                        .startsWith("Dispatch failed on " + restore.jobId() + "/RestoreStarted: Command ")
                        .contains(" bytes; a record may have " + RecordSize.MAX_VALUE_BYTES));
        assertThat(dispatch.commanded()).isEmpty();
        assertWorks();
    }

    @Test
    void leavesTheValueOfAHugeDeadLetterAtItsOrigin() {
        dispatch.send("vm-1", new byte[Topics.MAX_RECORD_BYTES - 100], new RecordHeaders());

        assertThat(dispatch.deadLetters()).singleElement().satisfies(dead -> {
            assertThat(dead.value()).isNull();
            assertThat(header(dead, DeadLetters.CAUSE)).contains("do not fit here and stay at the origin");
        });
        assertWorks();
    }

    private void assertWorks() {
        dispatch.send(Restore.of("vm-after").requested(DispatchDriver.START));
        assertThat(dispatch.commanded()).singleElement().isInstanceOf(PlanRestore.class);
    }

    private static String header(TestRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
