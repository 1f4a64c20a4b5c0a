package io.vmrestore.executor.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.QuotaLine;
import io.vmrestore.common.contract.RestorePoint;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.simulator.faults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What steps say when the cloud refuses, fails or takes too long. */
@Timeout(60)
class FailingStepsTest {
    private final RestoreFixture restore = new RestoreFixture();

    @AfterEach
    void close() {
        restore.close();
    }

    @Test
    void a_volume_that_fails_tells_cinders_reason() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("restored-", new Fault.VolumeFails("The backend is full"));

        StepFailure failure = failure(3, Action.CREATE_VOLUME, restore.volumeTask(plan));

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.RESOURCE_FAILED);
        assertThat(failure.failure().message())
                .contains("Volume " + restore.volumes().getFirst().id() + " went to error: ")
                .contains("The backend is full");
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void a_volume_that_is_bootable_late_is_waited_for() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("restored-", new Fault.LateBootable(Duration.ofMillis(300)));

        restore.createVolume(plan);

        assertThat(restore.volumes())
                .singleElement()
                .matches(volume -> volume.state().bootable());
    }

    @Test
    void a_volume_that_is_not_ready_in_time_is_not_tried_again() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("restored-", new Fault.VolumeStuck());
        Attempt attempt = restore.attempt(3, Action.CREATE_VOLUME, 1, Duration.ofMillis(300));

        StepFailure failure = failure(attempt, restore.volumeTask(plan));

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
        assertThat(failure.failure().message()).contains("was still creating at the step's deadline");
        assertThat(failure.retryable()).isFalse();
        assertThat(attempt.detail()).containsEntry("volume_status", "creating");
        assertThat(attempt.resources()).hasSize(1);
    }

    @Test
    void a_snapshot_that_is_gone_is_named() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String gone = "0f0f0f0f-0000-4000-8000-000000000000";
        StepTask task = new StepTask.CreateVolume(
                "restored-x",
                plan.server().id(),
                new RestorePoint(
                        gone,
                        "gone",
                        plan.restorePoint().volumeId(),
                        10,
                        plan.restorePoint().createdAt()),
                plan.server().bootVolume());

        StepFailure failure = failure(3, Action.CREATE_VOLUME, task);

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.RESTORE_POINT_NOT_FOUND);
        assertThat(failure.failure().message()).startsWith("Snapshot " + gone + " no longer exists: ");
        assertThat(failure.failure().httpStatus()).isEqualTo(404);
    }

    @Test
    void a_server_that_fails_tells_novas_fault() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volumeId = restore.createVolume(plan);
        List<String> portIds = restore.createPorts(plan);
        restore.simulator.faults().once("web-1-restored", new Fault.ServerFails(Fault.Stage.SCHEDULING, null));
        String serverId = restore.createServer(plan, volumeId, portIds);

        StepFailure failure = failure(
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

        StepFailure failure = failure(attempt, new StepTask.WaitActive(serverId, null));

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void a_server_that_somebody_deletes_is_named() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String serverId = restore.createServer(plan, restore.createVolume(plan), restore.createPorts(plan));
        restore.openStack.project(RestoreFixture.TENANT.projectId()).compute().delete(serverId);

        StepFailure failure =
                failure(restore.serverStep(plan) + 1, Action.WAIT_ACTIVE, new StepTask.WaitActive(serverId, null));

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.RESOURCE_FAILED);
        assertThat(failure.failure().message())
                .isEqualTo("Server " + serverId + " was deleted by someone else while it was built");
    }

    @Test
    void addresses_that_are_taken_fail_the_step_where_they_are_required() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.SAME_IPS_OR_FAIL);
        String address = plan.nics().getFirst().originalIps().getFirst().ipAddress();

        StepFailure failure = failure(4, Action.CREATE_PORT, restore.portTask(plan, 0));

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.ADDRESS_NOT_AVAILABLE);
        assertThat(failure.failure().message())
                .startsWith("Interface 0 cannot have [")
                .contains(address);
        assertThat(failure.failure().httpStatus()).isEqualTo(409);
        assertThat(failure.retryable()).isFalse();
        assertThat(restore.ports()).isEmpty();
    }

    @Test
    void addresses_that_are_taken_are_given_up_where_they_are_only_wished_for() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.TRY_SAME_IPS);

        Attempt attempt = restore.run(4, Action.CREATE_PORT, restore.portTask(plan, 0));

        assertThat(restore.ports()).singleElement().satisfies(port -> {
            assertThat(port.fixedIps()).isNotEmpty();
            assertThat(port.settings().securityGroups())
                    .containsExactlyInAnyOrderElementsOf(plan.nics().getFirst().securityGroups());
        });
        assertThat(attempt.detail().get("ip_fallback")).asString().contains("already allocated");
    }

    @Test
    void where_addresses_may_not_be_chosen_the_network_chooses() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.TRY_SAME_IPS);
        restore.freeAddresses(plan);
        restore.simulator.faults().once("^POST .*/ports$", new Fault.Answer(403, "Not allowed by policy", null));

        Attempt attempt = restore.run(4, Action.CREATE_PORT, restore.portTask(plan, 0));

        assertThat(restore.ports()).hasSize(1);
        assertThat(attempt.detail().get("ip_fallback")).asString().contains("Not allowed by policy");
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
            Future<StepFailure> end = threads.submit(() -> failure(attempt, task));
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
    void a_plan_that_the_cloud_has_overtaken_names_what_changed() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.openStack
                .project(RestoreFixture.TENANT.projectId())
                .network()
                .deletePort(plan.nics().getLast().sourcePortId());

        StepFailure failure = failure(1, Action.VALIDATE, new StepTask.Validate(plan.withoutUserData()));

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.PLAN_OUTDATED);
        assertThat(failure.failure().message())
                .contains("changed since planning: ")
                .contains("the ports");
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void a_quota_without_room_is_named_with_its_figures() {
        var cloud = restore.simulator.cloud();
        cloud.run(() -> cloud.ports().quotas().change(RestoreFixture.TENANT.projectId(), Map.of("port", 500)));
        StepTask task = new StepTask.CheckQuota(
                List.of(QuotaLine.of("instances", 10L, 0L, 0L, 1), QuotaLine.of("ports", 500L, 0L, 0L, 100_000)));

        StepFailure failure = failure(2, Action.CHECK_QUOTA, task);

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

    private StepFailure failure(int stepOrder, Action action, StepTask task) {
        return failure(restore.attempt(stepOrder, action), task);
    }

    private StepFailure failure(Attempt attempt, StepTask task) {
        return catchThrowableOfType(StepFailure.class, () -> restore.execute(task, attempt));
    }
}
