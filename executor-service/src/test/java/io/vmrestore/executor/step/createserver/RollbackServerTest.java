package io.vmrestore.executor.step.createserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.engine.Latencies;
import io.vmrestore.simulator.faults.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Removing the server that a create_server step made, and its imported key pair. */
@Timeout(60)
class RollbackServerTest {
    private static final String GONE = "0f0f0f0f-0000-4000-8000-000000000000";

    private final RestoreFixture restore = new RestoreFixture(
            SimulatorSettings.instant().withLatencies(Latencies.of(Duration.ofMillis(120), Duration.ofMillis(200))));

    @AfterEach
    void close() {
        restore.close();
    }

    @Test
    void a_deletion_that_the_cloud_gives_up_is_told_at_once_and_asked_for_again() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String serverId = restore.createServer(plan, restore.createVolume(plan), restore.createPorts(plan));
        restore.waitActive(plan, serverId);
        StepTask rollback = new StepTask.RollbackServer(
                serverId, restore.mark(restore.serverStep(plan)), plan.server().keyFingerprint());
        restore.simulator.faults().once(serverId, new Fault.ServerDeletionFails("the hypervisor holds its disk"));

        StepFailure failure = restore.failure(20, Action.ROLLBACK_SERVER, rollback);
        assertThat(failure.failure().kind()).isEqualTo(FailureKind.RESOURCE_FAILED);
        assertThat(failure.failure().message())
                .isEqualTo(
                        "Server " + serverId + " could not be deleted and is in ERROR: the hypervisor holds its disk");
        assertThat(failure.retryable()).isTrue();

        restore.run(21, Action.ROLLBACK_SERVER, rollback);
        assertThat(restore.servers())
                .as("a server that was in ERROR before is not taken for one that stays")
                .isEmpty();
    }

    @Test
    void a_repeated_command_changes_nothing() throws InterruptedException {
        StepTask rollback = rollback(restore.webPlan(IpStrategy.NEW_IPS));

        restore.run(20, Action.ROLLBACK_SERVER, rollback);
        restore.run(20, Action.ROLLBACK_SERVER, rollback);

        assertThat(restore.servers()).isEmpty();
        assertThat(restore.keyImported()).isFalse();
    }

    @Test
    void a_deletion_whose_answer_was_lost_is_found_done_by_the_next_attempt() throws InterruptedException {
        StepTask rollback = rollback(restore.webPlan(IpStrategy.NEW_IPS));
        restore.simulator.faults().once("^DELETE .*/servers/", new Fault.LoseAnswer());

        assertThatThrownBy(() -> restore.run(20, Action.ROLLBACK_SERVER, rollback))
                .isInstanceOf(CloudException.Unavailable.class);
        restore.run(20, Action.ROLLBACK_SERVER, rollback);

        assertThat(restore.simulator.faults().rules()).isEmpty();
        assertThat(restore.servers()).isEmpty();
    }

    @Test
    void two_executors_at_the_same_time_remove_it() throws Exception {
        StepTask rollback = rollback(restore.webPlan(IpStrategy.NEW_IPS));

        restore.twice(20, Action.ROLLBACK_SERVER, rollback);

        assertThat(restore.servers()).isEmpty();
        assertThat(restore.keyImported()).isFalse();
    }

    @Test
    void what_is_gone_is_no_error() throws InterruptedException {
        restore.run(20, Action.ROLLBACK_SERVER, new StepTask.RollbackServer(GONE, restore.mark(6), null));
        restore.run(20, Action.ROLLBACK_SERVER, new StepTask.RollbackServer(null, restore.mark(6), null));
    }

    @Test
    void a_server_without_the_mark_is_left_alone() throws InterruptedException {
        String original = restore.webPlan(IpStrategy.NEW_IPS).server().id();

        StepFailure failure = restore.failure(
                20, Action.ROLLBACK_SERVER, new StepTask.RollbackServer(original, restore.mark(6), null));

        assertThat(failure.failure().message()).startsWith("Server " + original + " does not carry the mark");
        assertThat(failure.retryable()).isFalse();
        assertThat(restore.server(original)).isPresent();
    }

    /** Of a server that was made, and whose id became known. */
    private StepTask rollback(Plan plan) throws InterruptedException {
        String serverId = restore.createServer(plan, restore.createVolume(plan), restore.createPorts(plan));
        restore.waitActive(plan, serverId);
        return new StepTask.RollbackServer(
                serverId, restore.mark(restore.serverStep(plan)), plan.server().keyFingerprint());
    }
}
