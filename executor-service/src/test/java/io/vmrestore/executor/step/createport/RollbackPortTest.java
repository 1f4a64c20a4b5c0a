package io.vmrestore.executor.step.createport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.simulator.faults.Fault;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Removing the port that a create_port step made. */
@Timeout(60)
class RollbackPortTest {
    private static final String GONE = "0f0f0f0f-0000-4000-8000-000000000000";

    private final RestoreFixture restore = new RestoreFixture();

    @AfterEach
    void close() {
        restore.close();
    }

    @Test
    void a_repeated_command_changes_nothing() throws InterruptedException {
        StepTask rollback = new StepTask.RollbackPort(createPort(), restore.mark(4));

        restore.run(22, Action.ROLLBACK_PORT, rollback);
        restore.run(22, Action.ROLLBACK_PORT, rollback);

        assertThat(restore.ports()).isEmpty();
    }

    @Test
    void a_port_whose_id_nobody_knows_is_found_by_its_name() throws InterruptedException {
        createPort();

        restore.run(22, Action.ROLLBACK_PORT, new StepTask.RollbackPort(null, restore.mark(4)));

        assertThat(restore.ports()).isEmpty();
    }

    @Test
    void a_deletion_whose_answer_was_lost_is_found_done_by_the_next_attempt() throws InterruptedException {
        StepTask rollback = new StepTask.RollbackPort(createPort(), restore.mark(4));
        restore.simulator.faults().once("^DELETE .*/ports/", new Fault.LoseAnswer());

        assertThatThrownBy(() -> restore.run(22, Action.ROLLBACK_PORT, rollback))
                .isInstanceOf(CloudException.Unavailable.class);
        restore.run(22, Action.ROLLBACK_PORT, rollback);

        assertThat(restore.simulator.faults().rules()).isEmpty();
        assertThat(restore.ports()).isEmpty();
    }

    @Test
    void two_executors_at_the_same_time_remove_it() throws Exception {
        StepTask rollback = new StepTask.RollbackPort(createPort(), restore.mark(4));

        restore.twice(22, Action.ROLLBACK_PORT, rollback);

        assertThat(restore.ports()).isEmpty();
    }

    @Test
    void what_is_gone_is_no_error() throws InterruptedException {
        restore.run(22, Action.ROLLBACK_PORT, new StepTask.RollbackPort(GONE, restore.mark(4)));
        restore.run(22, Action.ROLLBACK_PORT, new StepTask.RollbackPort(null, restore.mark(4)));
    }

    @Test
    void a_port_of_another_name_is_left_alone() throws InterruptedException {
        String original = restore.webPlan(IpStrategy.NEW_IPS).nics().getFirst().sourcePortId();

        StepFailure failure =
                restore.failure(22, Action.ROLLBACK_PORT, new StepTask.RollbackPort(original, restore.mark(4)));

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.CLOUD_REFUSED);
        assertThat(failure.retryable()).isFalse();
        assertThat(restore.port(original)).isPresent();
    }

    @Test
    void a_port_that_a_server_still_holds_is_left_to_the_next_attempt() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        List<String> portIds = restore.createPorts(plan);
        String serverId = restore.createServer(plan, restore.createVolume(plan), portIds);
        restore.waitActive(plan, serverId);

        StepFailure failure = restore.failure(
                22, Action.ROLLBACK_PORT, new StepTask.RollbackPort(portIds.getFirst(), restore.mark(4)));

        assertThat(failure.failure().message())
                .isEqualTo("Port " + portIds.getFirst() + " is still held by server " + serverId);
        assertThat(failure.retryable()).isTrue();
        assertThat(restore.ports()).hasSize(2);
    }

    private String createPort() throws InterruptedException {
        StepTask task = restore.portTask(restore.webPlan(IpStrategy.NEW_IPS), 0);
        return RestoreFixture.only(restore.run(4, Action.CREATE_PORT, task), ResourceType.PORT);
    }
}
