package io.vmrestore.executor.step.checkquota;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.QuotaLine;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.simulator.faults.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The last look at the quotas. */
@Timeout(60)
class CheckQuotaTest {
    private final RestoreFixture restore = new RestoreFixture();

    @AfterEach
    void close() {
        restore.close();
    }

    @Test
    void a_quota_without_room_is_named_with_its_figures() {
        var cloud = restore.simulator.cloud();
        cloud.run(() -> cloud.ports().quotas().change(RestoreFixture.TENANT.projectId(), Map.of("port", 500)));
        StepTask task = new StepTask.CheckQuota(
                List.of(QuotaLine.of("instances", 10L, 0L, 0L, 1), QuotaLine.of("ports", 500L, 0L, 0L, 100_000)));

        StepFailure failure = restore.failure(2, Action.CHECK_QUOTA, task);

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.QUOTA_EXCEEDED);
        assertThat(failure.failure().message()).startsWith("Quota ports leaves no room: 100000 needed, ");
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void unknown_quotas_fail_nothing() throws InterruptedException {
        restore.simulator.faults().add("quota", 10, new Fault.Answer(403, "Policy doesn't allow it", null));

        Attempt attempt = restore.run(
                2,
                Action.CHECK_QUOTA,
                new StepTask.CheckQuota(
                        List.of(QuotaLine.of("ports", 1L, 1L, 0L, 100), QuotaLine.of("x", null, null, null, 1))));

        assertThat(attempt.detail()).containsKey("quota_unknown");
    }

    @Test
    void a_repeated_command_and_two_executors_at_once_see_the_same() throws Exception {
        StepTask task =
                new StepTask.CheckQuota(restore.webPlan(IpStrategy.NEW_IPS).quota());

        List<Attempt> attempts = restore.twice(2, Action.CHECK_QUOTA, task);
        Attempt again = restore.run(2, Action.CHECK_QUOTA, task);

        assertThat(attempts).allMatch(attempt -> attempt.resources().isEmpty());
        assertThat(again.detail()).doesNotContainKey("quota_unknown");
    }
}
