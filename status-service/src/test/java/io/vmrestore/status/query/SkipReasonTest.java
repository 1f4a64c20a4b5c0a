package io.vmrestore.status.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreStarted;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepSkipped;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.status.testing.Plans;
import io.vmrestore.status.testing.RestoreLife;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A step that a cancellation has stopped is told apart from one that was never begun, and neither is a failure. */
class SkipReasonTest {
    private static final UUID JOB = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final Instant TIME = Instant.parse("2026-11-22T08:30:00Z");

    @Test
    void aCancellationIsNamedWithItsRequesterAndReason() {
        JobState job = after(
                new CancellationRequested(JOB, "vm-1", TIME, "admin", "wrong snapshot\n\u202e", null),
                failed(1, FailureKind.STOPPED),
                new StepSkipped(JOB, "vm-1", TIME, 1),
                new StepSkipped(JOB, "vm-1", TIME, 3));
        String cause = "the restore was cancelled by \"admin\", who gave as reason \"wrong snapshot\\u000a\\u202e\"";
        assertThat(reason(job, 1)).isEqualTo("Stopped: " + cause);
        assertThat(reason(job, 3)).isEqualTo("Not begun: " + cause);
        assertThat(reason(job, 2)).isNull();
    }

    @Test
    void aFailureElsewhereIsNamedByItsKind() {
        JobState job = after(
                failed(1, FailureKind.QUOTA_EXCEEDED),
                failed(2, FailureKind.STOPPED),
                new StepSkipped(JOB, "vm-1", TIME, 2));
        assertThat(reason(job, 2)).isEqualTo("Stopped: the restore had failed with quota-exceeded");
        assertThat(reason(job, 1)).isNull();
    }

    private static String reason(JobState job, int order) {
        return SkipReason.of(job, job.step(order).orElseThrow());
    }

    private static StepFailed failed(int order, FailureKind kind) {
        Action action = order == 1 ? Action.VALIDATE : Action.CHECK_QUOTA;
        StepAddress step = new StepAddress(JOB, "vm-1", "project-1", order, action, 1);
        return new StepFailed(step, TIME, Failure.of(kind, "because"), false, List.of(), Map.of());
    }

    private static JobState after(RestoreEvent... events) {
        List<RestoreEvent> all = new ArrayList<>(List.of(
                new RestoreRequested(
                        JOB,
                        "vm-1",
                        TIME,
                        "project-1",
                        "snapshot-1",
                        RestoreMode.NEW,
                        null,
                        IpStrategy.NEW_IPS,
                        "admin"),
                new PlanCreated(JOB, "vm-1", TIME, Plans.of("vm-1", "db-1", "project-1", 1, true)),
                new ExecutionRequested(JOB, "vm-1", TIME, JOB, "admin"),
                new RestoreStarted(JOB, "vm-1", TIME, JOB)));
        all.addAll(List.of(events));
        return RestoreLife.fold(all);
    }
}
