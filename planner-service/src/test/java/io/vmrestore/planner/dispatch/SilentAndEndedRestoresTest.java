package io.vmrestore.planner.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When dispatch interrupts restores that have fallen silent, and when it forgets those that have ended. */
class SilentAndEndedRestoresTest extends DispatchFixture {
    @Test
    void keepsOnlyRestoresDecodedThatHaveNotEnded() {
        planned("vm-1");
        for (int ended = 0; ended < 10; ended++) {
            Restore restore = planned("vm-of-ended-" + ended);
            dispatch.send(new CancellationRequested(
                    restore.jobId(), restore.vmId(), DispatchDriver.START, "olga", "not needed", null));
        }
        dispatch.announced().forEach(dispatch::send);

        assertThat(dispatch.stored()).isEqualTo(11);
        assertThat(dispatch.decoded()).isEqualTo(1);
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
}
