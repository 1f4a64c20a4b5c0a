package io.vmrestore.planner.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.EventCodec;
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
import io.vmrestore.common.contract.RestoreEvent.RestoreStarted;
import io.vmrestore.common.contract.RestoreEvent.RollbackStarted;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.StepTask;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which steps dispatch commands and which outcomes it announces, also after a restart and for repeated events. */
class DispatchCommandsTest extends DispatchFixture {
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
                new CancellationRequested(restore.jobId(), "vm-1", DispatchDriver.START, "olga", null, null);
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
}
