package io.vmrestore.executor.step.createvolume;

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

/** Removing the volume that a create_volume step made. */
@Timeout(60)
class RollbackVolumeTest {
    private static final String GONE = "0f0f0f0f-0000-4000-8000-000000000000";

    private final RestoreFixture restore = new RestoreFixture(
            SimulatorSettings.instant().withLatencies(Latencies.of(Duration.ofMillis(120), Duration.ofMillis(200))));

    @AfterEach
    void close() {
        restore.close();
    }

    @Test
    void a_repeated_command_changes_nothing() throws InterruptedException {
        StepTask rollback = new StepTask.RollbackVolume(restore.createVolume(plan()), restore.mark(3));

        restore.run(23, Action.ROLLBACK_VOLUME, rollback);
        restore.run(23, Action.ROLLBACK_VOLUME, rollback);

        assertThat(restore.volumes()).isEmpty();
    }

    @Test
    void a_volume_whose_id_nobody_knows_is_found_by_its_mark() throws InterruptedException {
        restore.createVolume(plan());

        restore.run(23, Action.ROLLBACK_VOLUME, new StepTask.RollbackVolume(null, restore.mark(3)));

        assertThat(restore.volumes()).isEmpty();
    }

    @Test
    void a_deletion_whose_answer_was_lost_is_found_done_by_the_next_attempt() throws InterruptedException {
        StepTask rollback = new StepTask.RollbackVolume(restore.createVolume(plan()), restore.mark(3));
        restore.simulator.faults().once("^DELETE .*/volumes/", new Fault.LoseAnswer());

        assertThatThrownBy(() -> restore.run(23, Action.ROLLBACK_VOLUME, rollback))
                .isInstanceOf(CloudException.Unavailable.class);
        restore.run(23, Action.ROLLBACK_VOLUME, rollback);

        assertThat(restore.simulator.faults().rules()).isEmpty();
        assertThat(restore.volumes()).isEmpty();
    }

    @Test
    void two_executors_at_the_same_time_remove_it() throws Exception {
        StepTask rollback = new StepTask.RollbackVolume(restore.createVolume(plan()), restore.mark(3));

        restore.twice(23, Action.ROLLBACK_VOLUME, rollback);

        assertThat(restore.volumes()).isEmpty();
    }

    @Test
    void what_is_gone_is_no_error() throws InterruptedException {
        restore.run(23, Action.ROLLBACK_VOLUME, new StepTask.RollbackVolume(GONE, restore.mark(3)));
        restore.run(23, Action.ROLLBACK_VOLUME, new StepTask.RollbackVolume(null, restore.mark(3)));
    }

    @Test
    void a_volume_without_the_mark_is_left_alone() throws InterruptedException {
        String original = plan().server().bootVolume().id();

        StepFailure failure =
                restore.failure(23, Action.ROLLBACK_VOLUME, new StepTask.RollbackVolume(original, restore.mark(3)));

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.CLOUD_REFUSED);
        assertThat(failure.failure().message()).startsWith("Volume " + original + " does not carry the mark");
        assertThat(failure.retryable()).isFalse();
        assertThat(restore.volume(original)).isPresent();
    }

    private Plan plan() throws InterruptedException {
        return restore.webPlan(IpStrategy.NEW_IPS);
    }
}
