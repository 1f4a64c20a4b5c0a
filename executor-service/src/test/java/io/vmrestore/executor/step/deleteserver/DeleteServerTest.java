package io.vmrestore.executor.step.deleteserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.executor.step.SamplePlans;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.simulator.faults.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deleting the original of a replacement: repeated, unanswered, and at the same time. */
@Timeout(60)
class DeleteServerTest {
    private final RestoreFixture restore = new RestoreFixture();

    @AfterEach
    void close() {
        restore.close();
    }

    @Test
    void the_old_boot_volume_that_stays_is_named() throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.NEW_IPS);

        Attempt deletion = restore.deleteOriginal(plan);

        assertThat(deletion.resources())
                .extracting(Resource::type, Resource::id)
                .containsExactly(
                        tuple(ResourceType.VOLUME, plan.server().bootVolume().id()));
        assertThat(deletion.detail()).containsEntry("server_status", "gone");
    }

    @Test
    void deleting_again_changes_nothing() throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.SAME_IPS_OR_FAIL);
        Attempt first = restore.deleteOriginal(plan);

        Attempt second = restore.deleteOriginal(plan);

        assertThat(second.resources()).isEqualTo(first.resources());
    }

    @Test
    void a_soft_deleted_server_is_deleted_for_good() throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("^web-1$", new Fault.SoftDelete(Duration.ofHours(1)));

        restore.deleteOriginal(plan);

        assertThat(restore.server(plan.server().id())).isEmpty();
    }

    @Test
    void a_deletion_that_the_cloud_gives_up_is_told_at_once_and_asked_for_again() throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("^web-1$", new Fault.ServerDeletionFails("the hypervisor holds its disk"));

        StepFailure failure = catchThrowableOfType(StepFailure.class, () -> restore.deleteOriginal(plan));
        assertThat(failure).hasMessageContaining("could not be deleted and is in ERROR: the hypervisor holds its disk");
        assertThat(failure.retryable()).isTrue();

        restore.deleteOriginal(plan);
        assertThat(restore.server(plan.server().id())).isEmpty();
    }

    @Test
    void a_deletion_whose_answer_was_lost_is_found_done_by_the_next_attempt() throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("^DELETE .*/servers/", new Fault.LoseAnswer());

        assertThatThrownBy(() -> restore.deleteOriginal(plan)).isInstanceOf(CloudException.Unavailable.class);
        restore.deleteOriginal(plan);

        assertThat(restore.simulator.faults().rules()).isEmpty();
        assertThat(restore.server(plan.server().id())).isEmpty();
    }

    @Test
    void two_executors_at_the_same_time_delete_it_and_name_the_same() throws Exception {
        Plan plan = restore.plans.webReplacement(IpStrategy.NEW_IPS);

        List<Attempt> attempts = restore.twice(4, Action.DELETE_SERVER, SamplePlans.deletion(plan));

        assertThat(restore.server(plan.server().id())).isEmpty();
        assertThat(attempts.getFirst().resources()).isEqualTo(attempts.getLast().resources());
        plan.nics().forEach(nic -> assertThat(restore.port(nic.sourcePortId())).isEmpty());
    }

    @Test
    void an_executor_that_another_overtakes_leaves_nothing_undone() throws Exception {
        Plan plan = restore.plans.webReplacement(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("^GET .*/os-volume_attachments", new Fault.Slow(Duration.ofSeconds(2)));

        List<Attempt> attempts = restore.twice(4, Action.DELETE_SERVER, SamplePlans.deletion(plan));

        assertThat(restore.simulator.faults().rules()).isEmpty();
        assertThat(attempts).allMatch(attempt -> "gone".equals(attempt.detail().get("server_status")));
        assertThat(attempts.getFirst().resources()).isEqualTo(attempts.getLast().resources());
    }

    @Test
    void a_port_that_neutron_does_not_give_up_is_named_and_fails_nothing() throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.NEW_IPS);
        String port = plan.nics().getFirst().sourcePortId();
        restore.simulator
                .faults()
                .always(
                        "^DELETE .*/ports/" + port,
                        new Fault.Answer(409, "Port is currently a parent port for trunk 7f0d5c56.", null));

        Attempt deletion = restore.deleteOriginal(plan);

        assertThat(restore.server(plan.server().id())).isEmpty();
        assertThat(deletion.resources()).extracting(Resource::id).contains(port);
        assertThat(deletion.detail().get("port_left_0")).asString().contains("parent port for trunk");
    }

    @Test
    void a_deletion_cannot_be_stopped() throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.NEW_IPS);
        Attempt attempt = restore.attempt(4, Action.DELETE_SERVER);
        attempt.stop().ask();

        restore.execute(SamplePlans.deletion(plan), attempt);

        assertThat(restore.server(plan.server().id())).isEmpty();
    }
}
