package io.vmrestore.executor.step.createvolume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestorePoint;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.simulator.faults.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Making the boot volume: repeated, unanswered, at the same time, stopped, and what it says when it fails. */
@Timeout(60)
class CreateVolumeTest {
    private static final String POST_VOLUME = "^POST .*/volumes$";

    private final RestoreFixture restore = new RestoreFixture();

    @AfterEach
    void close() {
        restore.close();
    }

    @Test
    void a_volume_whose_answer_was_lost_is_adopted() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once(POST_VOLUME, new Fault.LoseAnswer());

        String id = restore.createVolume(plan);

        assertThat(restore.simulator.faults().rules()).isEmpty();
        assertThat(restore.volumes())
                .singleElement()
                .matches(volume -> volume.id().equals(id));
    }

    @Test
    void a_request_that_never_arrived_is_left_to_the_next_attempt() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once(POST_VOLUME, new Fault.DropRequest());

        assertThatThrownBy(() -> restore.createVolume(plan))
                .isInstanceOfSatisfying(
                        CloudException.Unavailable.class,
                        lost -> assertThat(StepFailure.of(lost).retryable()).isTrue());
        assertThat(restore.volumes()).isEmpty();

        restore.createVolume(plan);
        assertThat(restore.volumes()).hasSize(1);
    }

    @Test
    void without_an_answer_about_the_source_volume_none_is_made() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String source = "^GET .*/volumes/" + plan.restorePoint().volumeId() + "$";
        restore.simulator.faults().always(source, new Fault.Answer(503, "down", null));

        assertThatThrownBy(() -> restore.createVolume(plan)).isInstanceOf(CloudException.Unavailable.class);

        assertThat(restore.volumes()).as("it would not tell what came before").isEmpty();
    }

    @Test
    void a_source_volume_that_may_not_be_read_is_no_reason_to_make_none() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String source = "^GET .*/volumes/" + plan.restorePoint().volumeId() + "$";
        restore.simulator.faults().always(source, new Fault.Answer(403, "Policy doesn't allow it.", null));

        restore.createVolume(plan);

        assertThat(restore.volumes()).hasSize(1);
    }

    @Test
    void two_executors_at_the_same_time_make_one_volume() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);

        assertThat(ids(restore.twice(3, Action.CREATE_VOLUME, restore.volumeTask(plan)), ResourceType.VOLUME))
                .containsOnly(restore.volumes().getFirst().id());
        assertThat(restore.volumes()).hasSize(1);
    }

    @Test
    void a_volume_that_fails_tells_cinders_reason() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("restored-", new Fault.VolumeFails("The backend is full"));

        StepFailure failure = restore.failure(3, Action.CREATE_VOLUME, restore.volumeTask(plan));

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

        StepFailure failure = restore.failure(attempt, restore.volumeTask(plan));

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
                plan.server().bootVolume(),
                null);

        StepFailure failure = restore.failure(3, Action.CREATE_VOLUME, task);

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.RESTORE_POINT_NOT_FOUND);
        assertThat(failure.failure().message()).startsWith("Snapshot " + gone + " no longer exists: ");
        assertThat(failure.failure().httpStatus()).isEqualTo(404);
    }

    @Test
    void a_snapshot_that_is_falsely_called_absent_is_not_called_deleted() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once(POST_VOLUME, new Fault.FalseNotFound());

        assertThatThrownBy(() -> restore.createVolume(plan))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        refused -> assertThat(StepFailure.of(refused).failure().kind())
                                .isEqualTo(FailureKind.CLOUD_REFUSED));
    }

    @Test
    void a_repeated_command_finds_what_was_made() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);

        String volumeId = restore.createVolume(plan);

        assertThat(restore.createVolume(plan)).isEqualTo(volumeId);
        assertThat(restore.volumes()).hasSize(1);
    }

    @Test
    void a_wait_that_is_stopped_names_its_volume() throws Exception {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("restored-", new Fault.VolumeStuck());
        Attempt attempt = restore.attempt(3, Action.CREATE_VOLUME);

        StepFailure failure = restore.stopped(
                attempt, restore.volumeTask(plan), () -> attempt.detail().containsKey("volume_status"));

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.STOPPED);
        assertThat(failure.retryable()).isFalse();
        assertThat(restore.volumes())
                .singleElement()
                .matches(volume -> volume.id().equals(RestoreFixture.only(attempt, ResourceType.VOLUME)));
    }

    private static List<String> ids(List<Attempt> attempts, ResourceType type) {
        return attempts.stream()
                .map(attempt -> attempt.resources().stream()
                        .filter(resource -> resource.type() == type)
                        .map(Resource::id)
                        .toList()
                        .getLast())
                .toList();
    }
}
