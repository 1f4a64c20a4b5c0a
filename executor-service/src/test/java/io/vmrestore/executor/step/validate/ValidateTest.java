package io.vmrestore.executor.step.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.step.RestoreFixture;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The last look at what the plan was computed from. */
@Timeout(60)
class ValidateTest {
    private final RestoreFixture restore = new RestoreFixture();

    @AfterEach
    void close() {
        restore.close();
    }

    @Test
    void a_plan_that_the_cloud_has_overtaken_names_what_changed() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.openStack
                .project(RestoreFixture.TENANT.projectId())
                .network()
                .deletePort(plan.nics().getLast().sourcePortId());

        StepFailure failure = restore.failure(1, Action.VALIDATE, new StepTask.Validate(plan.withoutUserData()));

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.PLAN_OUTDATED);
        assertThat(failure.failure().message())
                .contains("changed since planning: ")
                .contains("the ports");
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void a_repeated_command_and_two_executors_at_once_see_the_same() throws Exception {
        StepTask task =
                new StepTask.Validate(restore.webPlan(IpStrategy.NEW_IPS).withoutUserData());

        List<Attempt> attempts = restore.twice(1, Action.VALIDATE, task);
        Attempt again = restore.run(1, Action.VALIDATE, task);

        assertThat(attempts).allMatch(attempt -> attempt.resources().isEmpty());
        assertThat(again.resources()).isEmpty();
    }
}
