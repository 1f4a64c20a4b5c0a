package io.vmrestore.executor.step.waitactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.simulator.faults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting for the server: repeated, at the same time, stopped, and what it says when the server fails. */
@Timeout(60)
class WaitActiveTest {
    private final RestoreFixture restore = new RestoreFixture();

    @AfterEach
    void close() {
        restore.close();
    }

    @Test
    void a_server_that_fails_tells_novas_fault() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volumeId = restore.createVolume(plan);
        List<String> portIds = restore.createPorts(plan);
        restore.simulator.faults().once("web-1-restored", new Fault.ServerFails(Fault.Stage.SCHEDULING, null));
        String serverId = restore.createServer(plan, volumeId, portIds);

        StepFailure failure = restore.failure(
                restore.serverStep(plan) + 1,
                Action.WAIT_ACTIVE,
                new StepTask.WaitActive(serverId, "req-of-the-build"));

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.RESOURCE_FAILED);
        assertThat(failure.failure().message())
                .startsWith("Server " + serverId + " went to ERROR: ")
                .contains("No valid host");
        assertThat(failure.failure().requestId()).isEqualTo("req-of-the-build");
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void a_server_that_is_not_built_in_time_is_not_tried_again() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volumeId = restore.createVolume(plan);
        List<String> portIds = restore.createPorts(plan);
        restore.simulator.faults().once("web-1-restored", new Fault.ServerStuck());
        String serverId = restore.createServer(plan, volumeId, portIds);
        Attempt attempt = restore.attempt(restore.serverStep(plan) + 1, Action.WAIT_ACTIVE, 1, Duration.ofMillis(400));

        StepFailure failure = restore.failure(attempt, new StepTask.WaitActive(serverId, null));

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void a_server_that_somebody_deletes_is_named() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String serverId = restore.createServer(plan, restore.createVolume(plan), restore.createPorts(plan));
        restore.openStack.project(RestoreFixture.TENANT.projectId()).compute().delete(serverId);

        StepFailure failure = restore.failure(
                restore.serverStep(plan) + 1, Action.WAIT_ACTIVE, new StepTask.WaitActive(serverId, null));

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.RESOURCE_FAILED);
        assertThat(failure.failure().message())
                .isEqualTo("Server " + serverId + " was deleted by someone else while it was built");
    }

    @Test
    void a_server_deleted_while_it_is_built_is_never_taken_for_active() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volumeId = restore.createVolume(plan);
        List<String> portIds = restore.createPorts(plan);
        restore.simulator.faults().once("web-1-restored", new Fault.ServerStuck());
        String serverId = restore.createServer(plan, volumeId, portIds);
        StepTask task = new StepTask.WaitActive(serverId, null);
        Attempt attempt = restore.attempt(restore.serverStep(plan) + 1, Action.WAIT_ACTIVE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<StepFailure> end = threads.submit(() -> restore.failure(attempt, task));
            await().until(() -> attempt.detail().containsKey("server_status"));
            restore.openStack
                    .project(RestoreFixture.TENANT.projectId())
                    .compute()
                    .delete(serverId);

            assertThat(end.get().failure().message())
                    .isEqualTo("Server " + serverId + " was deleted by someone else while it was built");
        }
    }

    @Test
    void a_repeated_command_and_two_executors_at_once_see_the_same() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String serverId = restore.createServer(plan, restore.createVolume(plan), restore.createPorts(plan));
        int order = restore.serverStep(plan) + 1;
        StepTask task = new StepTask.WaitActive(serverId, null);

        List<Attempt> attempts = restore.twice(order, Action.WAIT_ACTIVE, task);
        Attempt again = restore.run(order, Action.WAIT_ACTIVE, task);

        assertThat(attempts)
                .allMatch(attempt -> "ACTIVE".equals(attempt.detail().get("server_status")));
        assertThat(again.detail()).containsEntry("server_status", "ACTIVE");
        assertThat(again.resources()).isEmpty();
    }

    @Test
    void a_wait_that_is_stopped_leaves_the_server() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("web-1-restored", new Fault.ServerStuck());
        String serverId = restore.createServer(plan, restore.createVolume(plan), restore.createPorts(plan));
        Attempt attempt = restore.attempt(restore.serverStep(plan) + 1, Action.WAIT_ACTIVE);

        StepFailure failure = restore.stopped(
                attempt,
                new StepTask.WaitActive(serverId, null),
                () -> attempt.detail().containsKey("server_status"));

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.STOPPED);
        assertThat(failure.retryable()).isFalse();
        assertThat(restore.servers()).hasSize(1);
    }
}
