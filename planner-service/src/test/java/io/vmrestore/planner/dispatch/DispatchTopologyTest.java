package io.vmrestore.planner.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.DeadLetters;
import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.RecordSize;
import io.vmrestore.common.contract.RestoreCommand;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRefused;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreCompleted;
import io.vmrestore.common.contract.RestoreEvent.RestoreDryRun;
import io.vmrestore.common.contract.RestoreEvent.RestoreFailed;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.common.contract.RestoreEvent.RestoreStarted;
import io.vmrestore.common.contract.RestoreEvent.RollbackStarted;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.common.contract.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DispatchTopologyTest {
    private DispatchDriver dispatch;

    @BeforeEach
    void open() {
        dispatch = new DispatchDriver();
    }

    @AfterEach
    void close() {
        dispatch.close();
    }

    @Test
    void commandsEachStepWhenItsDependenciesAreCompleted() {
        Restore restore = Restore.of("vm-1");

        dispatch.send(restore.requested(DispatchDriver.START));
        assertThat(dispatch.commanded()).singleElement().isInstanceOf(PlanRestore.class);
        dispatch.send(restore.planned(DispatchDriver.START));
        assertThat(dispatch.commanded()).isEmpty();
        start(restore);

        Map<String, RunStep> checks = dispatch.steps();
        assertThat(checks).containsOnlyKeys("validate#1", "check_quota#2");
        complete(checks.get("validate#1"));
        assertThat(dispatch.commanded()).as("check_quota is not done").isEmpty();
        complete(checks.get("check_quota#2"));

        Map<String, RunStep> parts = dispatch.steps();
        assertThat(parts).containsOnlyKeys("create_volume#3", "create_port#4", "create_port#5");
        parts.values().forEach(this::complete);

        RunStep server = dispatch.steps().get("create_server#6");
        assertThat((StepTask.CreateServer) server.task())
                .returns("volume-3", StepTask.CreateServer::volumeId)
                .returns(List.of("port-4", "port-5"), StepTask.CreateServer::portIds);
        complete(server);
        complete(dispatch.steps().get("wait_active#7"));
        complete(dispatch.steps().get("finalize#8"));

        assertThat(dispatch.announced())
                .singleElement()
                .isInstanceOfSatisfying(
                        RestoreCompleted.class,
                        completed -> assertThat(completed.result().serverId()).isEqualTo("server-6"));
        assertThat(dispatch.deadLetters()).isEmpty();
    }

    @Test
    void keepsOnlyRestoresDecodedThatHaveNotEnded() {
        planned("vm-1");
        for (int ended = 0; ended < 10; ended++) {
            Restore restore = planned("vm-of-ended-" + ended);
            dispatch.send(new CancellationRequested(
                    restore.jobId(), restore.vmId(), DispatchDriver.START, "olga", "not needed"));
        }
        dispatch.announced().forEach(dispatch::send);

        assertThat(dispatch.stored()).isEqualTo(11);
        assertThat(dispatch.decoded()).isEqualTo(1);
    }

    @Test
    void keysEveryRecordByVm() {
        Restore restore = planned("vm-1");
        RestoreEvent started = start(restore);

        assertThat(EventCodec.encode(started).key()).isEqualTo("vm-1");
        assertThat(dispatch.commanded()).extracting(RestoreCommand::vmId).containsOnly("vm-1");
    }

    @Test
    void publishesForRepeatedEventsExactlyWhatIsOutstanding() {
        Restore restore = planned("vm-1");
        ExecutionRequested request = restore.executionRequested(DispatchDriver.START);
        dispatch.send(request);
        List<RestoreCommand> commands = dispatch.commanded();
        assertThat(commands).hasSize(2);

        dispatch.send(request);
        assertThat(dispatch.commanded()).isEqualTo(commands);
        dispatch.send(dispatch.announced().getFirst());
        assertThat(dispatch.commanded()).isEqualTo(commands);
        assertThat(dispatch.deadLetters()).isEmpty();
        assertThat(dispatch.count("ignored")).isEqualTo(2);
    }

    @Test
    void takesNoEventTwiceThatItsStateContains() {
        Restore restore = Restore.of("vm-1");
        CancellationRequested early =
                new CancellationRequested(restore.jobId(), "vm-1", DispatchDriver.START, "olga", null);
        dispatch.send(restore.requested(DispatchDriver.START));
        dispatch.send(early);
        dispatch.send(restore.planned(DispatchDriver.START));
        dispatch.commanded();

        // At least once: state was stored, but what was read was not committed. All three are read again.
        dispatch.restartReadingAgain();
        dispatch.send(restore.requested(DispatchDriver.START));
        dispatch.send(early);
        dispatch.send(restore.planned(DispatchDriver.START));

        assertThat(dispatch.announced())
                .as("the cancellation came too early and must not count now")
                .isEmpty();
        assertThat(dispatch.deadLetters()).isEmpty();
        start(restore);
    }

    @Test
    void rollsBackWhatAFailedRestoreMayHaveMade() {
        Restore restore = planned("vm-1");
        start(restore);
        dispatch.steps().values().forEach(this::complete);
        Map<String, RunStep> parts = dispatch.steps();
        complete(parts.get("create_port#4"));
        dispatch.send(Restore.failed(parts.get("create_volume#3"), DispatchDriver.START));
        assertThat(dispatch.announced()).as("one port is still at work").isEmpty();
        complete(parts.get("create_port#5"));

        assertThat(dispatch.announced()).last().isInstanceOf(RollbackStarted.class);
        RunStep lastMade = dispatch.steps().get("rollback_port#9");
        assertThat((StepTask.RollbackPort) lastMade.task()).returns("port-5", StepTask.RollbackPort::portId);
        complete(lastMade);
        complete(dispatch.steps().get("rollback_port#10"));

        assertThat(dispatch.announced()).singleElement().isInstanceOfSatisfying(RestoreFailed.class, failed -> {
            assertThat(failed.failure().message()).isEqualTo("the cloud said no");
            assertThat(failed.leftovers()).isEmpty();
        });
    }

    @Test
    void admitsRestoresBesideEachOtherButNoneBesideAReplace() {
        Restore first = planned("vm-1");
        Restore second = planned("vm-1");
        start(first);
        start(second);

        Restore replace = new Restore(UUID.randomUUID(), "vm-1", RestoreMode.REPLACE);
        dispatch.send(replace.requested(DispatchDriver.START));
        dispatch.send(replace.planned(DispatchDriver.START));
        dispatch.send(replace.executionRequested(DispatchDriver.START));

        assertThat(dispatch.announced())
                .singleElement()
                .isInstanceOfSatisfying(
                        ExecutionRefused.class,
                        refused -> assertThat(refused.reason()).startsWith("VM vm-1 is busy with restore "));
    }

    @Test
    void doesNotMistakeAVmWhoseIdBeginsAlikeForTheSame() {
        start(planned("vm-1"));
        Restore replace = new Restore(UUID.randomUUID(), "vm", RestoreMode.REPLACE);
        dispatch.send(replace.requested(DispatchDriver.START));
        dispatch.send(replace.planned(DispatchDriver.START));
        dispatch.send(replace.executionRequested(DispatchDriver.START));

        assertThat(dispatch.announced()).singleElement().isInstanceOf(RestoreStarted.class);
    }

    @Test
    void commandsNothingInADryRun() {
        try (DispatchDriver dry = new DispatchDriver(true)) {
            Restore restore = Restore.of("vm-1");
            dry.send(restore.requested(DispatchDriver.START));
            dry.send(restore.planned(DispatchDriver.START));
            dry.commanded();
            dry.send(restore.executionRequested(DispatchDriver.START));

            assertThat(dry.announced()).singleElement().isInstanceOf(RestoreDryRun.class);
            assertThat(dry.commanded()).isEmpty();
        }
    }

    @Test
    void goesOnAfterARestart() {
        Restore restore = planned("vm-1");
        start(restore);
        Map<String, RunStep> checks = dispatch.steps();
        complete(checks.get("validate#1"));

        dispatch.restart();
        complete(checks.get("check_quota#2"));

        assertThat(dispatch.steps()).containsOnlyKeys("create_volume#3", "create_port#4", "create_port#5");
    }

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
        dispatch.send(restore.plannedWith("x".repeat(RecordSize.MAX_VALUE_BYTES - 200), DispatchDriver.START));
        dispatch.send(restore.executionRequested(DispatchDriver.START));

        List<TestRecord<String, byte[]>> dead = dispatch.deadLetters();
        assertThat(dead)
                .singleElement()
                .satisfies(record -> assertThat(header(record, DeadLetters.CAUSE))
                        .startsWith("Dispatch failed on " + restore.jobId() + "/RestoreStarted: what follows for "
                                + "restore.commands.validate.v1 would have "));
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

    @Test
    void interruptsARestoreThatHasFallenSilent() {
        Restore restore = planned("vm-1");
        start(restore);
        dispatch.commanded();
        dispatch.pass(Duration.ofMinutes(14));
        assertThat(dispatch.announced()).isEmpty();
        dispatch.pass(Duration.ofMinutes(2));

        assertThat(dispatch.announced())
                .singleElement()
                .isInstanceOfSatisfying(RestoreInterrupted.class, interrupted -> {
                    assertThat(interrupted.jobId()).isEqualTo(restore.jobId());
                    assertThat(interrupted.reason()).contains("longer than PT15M");
                });
        dispatch.pass(Duration.ofMinutes(20));
        assertThat(dispatch.announced()).as("it has ended").isEmpty();
    }

    @Test
    void keepsARestoreWhoseExecutorsReport() {
        Restore restore = planned("vm-1");
        start(restore);
        RunStep validate = dispatch.steps().get("validate#1");
        dispatch.pass(Duration.ofMinutes(14));
        dispatch.send(Restore.started(validate, dispatch.clock.instant()));
        dispatch.pass(Duration.ofMinutes(14));

        assertThat(dispatch.announced()).isEmpty();
    }

    @Test
    void countsSilenceFromItsOwnReturn() {
        Restore restore = planned("vm-1");
        start(restore);
        dispatch.clock.advance(Duration.ofHours(8));
        dispatch.restart();
        dispatch.pass(Duration.ofMinutes(14));

        assertThat(dispatch.announced())
                .as("executors could not be heard while dispatch was away")
                .isEmpty();
    }

    @Test
    void forgetsEndedRestoresAndDoesNotBeginThemAgain() {
        Restore restore = planned("vm-1");
        RestoreEvent started = start(restore);
        RunStep validate = dispatch.steps().get("validate#1");
        dispatch.send(new RestoreInterrupted(restore.jobId(), "vm-1", DispatchDriver.START, "test", null));
        dispatch.commanded();
        dispatch.pass(Duration.ofHours(23));
        assertThat(dispatch.stored()).isEqualTo(1);
        dispatch.pass(Duration.ofHours(2));
        assertThat(dispatch.stored()).isZero();

        dispatch.send(restore.requested(DispatchDriver.START));
        dispatch.send(started);

        assertThat(dispatch.commanded()).isEmpty();
        assertThat(dispatch.deadLetters()).isEmpty();

        // An executor that was frozen for a day tells what it has made; the status tables still know the restore.
        complete(validate);
        assertThat(dispatch.commanded()).isEmpty();
        assertThat(dispatch.deadLetters()).isEmpty();
    }

    private Restore planned(String vmId) {
        Restore restore = Restore.of(vmId);
        dispatch.send(restore.requested(DispatchDriver.START));
        dispatch.send(restore.planned(DispatchDriver.START));
        dispatch.commanded();
        return restore;
    }

    /** Requests execution; the driver lets dispatch read its own announcement back. */
    private RestoreEvent start(Restore restore) {
        dispatch.send(restore.executionRequested(DispatchDriver.START));
        List<RestoreEvent> events = dispatch.announced();
        assertThat(events).singleElement().isInstanceOf(RestoreStarted.class);
        return events.getFirst();
    }

    private void complete(RunStep command) {
        dispatch.send(Restore.completed(command, dispatch.clock.instant()));
    }

    private void assertWorks() {
        dispatch.send(Restore.of("vm-after").requested(DispatchDriver.START));
        assertThat(dispatch.commanded()).singleElement().isInstanceOf(PlanRestore.class);
    }

    private static String header(TestRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
