package io.vmrestore.planner.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreCancelled;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.common.contract.RestoreMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What dispatch ends by itself: plans that expire, and restores that shall not outlive a restart. */
class DispatchDeadlinesTest {
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
    void cancelsAPlanThatNobodyExecutes() {
        Restore restore = planned("vm-1");
        dispatch.announced();
        dispatch.pass(DispatchDriver.PLAN_TTL.minusMinutes(1));
        assertThat(dispatch.announced()).isEmpty();
        dispatch.pass(Duration.ofMinutes(2));

        assertThat(dispatch.announced())
                .hasSize(2)
                .satisfiesExactly(
                        event -> assertThat(event).isInstanceOfSatisfying(CancellationRequested.class, expired -> {
                            assertThat(expired.jobId()).isEqualTo(restore.jobId());
                            assertThat(expired.requestedBy()).isEqualTo("system");
                            assertThat(expired.reason()).isEqualTo("The plan was not executed within PT2H");
                        }),
                        event -> assertThat(event).isInstanceOf(RestoreCancelled.class));
    }

    @Test
    void interruptsWhatWasAtWorkWhereRestoresShallNotOutliveARestart() {
        try (DispatchDriver seed = new DispatchDriver(false, OnRestart.INTERRUPT)) {
            Restore running = Restore.of("vm-1");
            Restore waiting = Restore.of("vm-2");
            for (Restore restore : List.of(running, waiting)) {
                seed.send(restore.requested(DispatchDriver.START));
                seed.send(restore.planned(DispatchDriver.START));
            }
            seed.send(running.executionRequested(DispatchDriver.START));
            seed.pass(Duration.ofSeconds(1));
            seed.announced();

            seed.restart();
            seed.pass(Duration.ofSeconds(1));

            assertThat(seed.announced())
                    .singleElement()
                    .isInstanceOfSatisfying(RestoreInterrupted.class, interrupted -> {
                        assertThat(interrupted.jobId()).isEqualTo(running.jobId());
                        assertThat(interrupted.reason()).startsWith("The planner was started again");
                    });
            seed.pass(Duration.ofSeconds(1));
            assertThat(seed.announced()).isEmpty();
        }
    }

    @Test
    void cancelsPlansForAVmThatARestoreHasReplaced() {
        Restore waiting = planned("vm-1");
        Restore replace = new Restore(UUID.randomUUID(), "vm-1", RestoreMode.REPLACE);
        dispatch.send(replace.requested(DispatchDriver.START));
        dispatch.send(replace.planned(DispatchDriver.START));
        dispatch.send(replace.executionRequested(DispatchDriver.START));
        for (Map<String, RunStep> steps = dispatch.steps(); !steps.isEmpty(); steps = dispatch.steps()) {
            steps.values().forEach(step -> dispatch.send(Restore.completed(step, dispatch.clock.instant())));
        }

        assertThat(dispatch.announced())
                .filteredOn(event -> event.jobId().equals(waiting.jobId()))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("CancellationRequested", "RestoreCancelled");
    }

    private Restore planned(String vmId) {
        Restore restore = Restore.of(vmId);
        dispatch.send(restore.requested(DispatchDriver.START));
        dispatch.send(restore.planned(DispatchDriver.START));
        dispatch.commanded();
        return restore;
    }
}
