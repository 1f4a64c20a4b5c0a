package io.vmrestore.executor.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.survey.SurveyException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is falsely called absent costs no VM, no port and no volume, at any step. */
@Timeout(90)
class FalseAbsenceTest {
    private final RestoreFixture restore = new RestoreFixture();

    @AfterEach
    void close() {
        restore.close();
    }

    @ParameterizedTest
    @EnumSource(Fault.Front.class)
    void one_stray_404_does_not_keep_delete_server_from_deleting(Fault.Front front) throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.SAME_IPS_OR_FAIL);
        String vm = plan.server().id();
        restore.simulator.faults().once("GET .*/servers/" + vm + "$", new Fault.StrayNotFound(front));

        restore.deleteOriginal(plan);

        assertThat(restore.simulator.faults().rules()).isEmpty();
        assertThat(restore.server(vm))
                .as("deleted, and not only believed to be")
                .isEmpty();
        assertThat(plan.nics())
                .allMatch(nic -> restore.port(nic.sourcePortId())
                        .orElseThrow()
                        .deviceId()
                        .isEmpty());
    }

    @ParameterizedTest
    @EnumSource(IpStrategy.class)
    void a_lasting_stray_404_leaves_the_vm_and_its_ports(IpStrategy strategy) throws InterruptedException {
        Plan plan = restore.plans.webReplacement(strategy);
        restore.simulator.faults().always("GET .*/servers/" + plan.server().id() + "$", new Fault.StrayNotFound(null));

        assertThatThrownBy(() -> restore.deleteOriginal(plan))
                .isInstanceOf(CloudException.Unavailable.class)
                .hasMessageContaining("compute: answered 404 without the compute service's own error body");

        assertUntouched(plan);
    }

    @ParameterizedTest
    @EnumSource(IpStrategy.class)
    void a_lasting_false_404_of_nova_leaves_the_vm_and_its_ports(IpStrategy strategy) throws InterruptedException {
        Plan plan = restore.plans.webReplacement(strategy);
        String vm = plan.server().id();
        restore.simulator.faults().always("GET .*/servers/" + vm, new Fault.FalseNotFound());

        StepFailure failure = impatiently(Action.DELETE_SERVER, SamplePlans.deletion(plan));

        assertThat(failure.retryable()).isTrue();
        assertThat(failure.failure().kind()).isEqualTo(FailureKind.CLOUD_UNAVAILABLE);
        assertThat(failure)
                .hasMessageStartingWith(
                        "Server " + vm + " is not certainly gone: the list of servers shows it as ACTIVE,")
                .hasMessageEndingWith("Nothing is deleted, made or given up on it: compare what the services say, and"
                        + " repair the one that is wrong");
        assertUntouched(plan);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET .*/os-volume_attachments", "DELETE .*/servers/"})
    void a_false_404_in_the_middle_of_delete_server_leaves_the_vm(String call) throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.TRY_SAME_IPS);
        restore.simulator.faults().always(call, new Fault.FalseNotFound());

        StepFailure failure = impatiently(Action.DELETE_SERVER, SamplePlans.deletion(plan));

        assertThat(failure).isNotNull().matches(StepFailure::retryable, "may be tried again");
        assertUntouched(plan);
    }

    @Test
    void validate_does_not_call_a_vm_absent_that_is_listed() throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.TRY_SAME_IPS);
        restore.simulator.faults().always("GET .*/servers/" + plan.server().id(), new Fault.FalseNotFound());

        assertThatThrownBy(() -> restore.run(1, Action.VALIDATE, new StepTask.Validate(plan)))
                .isInstanceOfAny(StepFailure.class, SurveyException.class)
                .hasMessageContaining("is not certainly gone")
                .hasMessageContaining("Nothing is planned on it");
    }

    @Test
    void create_port_makes_none_beside_a_port_that_is_falsely_called_absent() throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.SAME_IPS_OR_FAIL);
        NicPlan nic = plan.nics().getFirst();
        restore.deleteOriginal(plan);
        restore.simulator.faults().always("GET .*/ports/" + nic.sourcePortId(), new Fault.FalseNotFound());

        StepFailure failure = impatiently(Action.CREATE_PORT, SamplePlans.replacingPortTask(plan, 0));
        assertThat(failure).hasMessageContaining("the list of ports shows it");
        assertThat(restore.ports()).isEmpty();

        restore.simulator.faults().clear();
        Attempt creation = restore.run(5, Action.CREATE_PORT, SamplePlans.replacingPortTask(plan, 0));
        assertThat(RestoreFixture.only(creation, ResourceType.PORT)).isEqualTo(nic.sourcePortId());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_rollback_does_not_call_done_what_it_did_not_do(boolean front) throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volume = restore.createVolume(plan);
        List<String> ports = restore.createPorts(plan);
        String call = "(GET|DELETE) .*/(servers|ports|volumes)/[0-9a-f-]{36}";
        Fault fault = front ? new Fault.StrayNotFound(null) : new Fault.FalseNotFound();

        restore.simulator.faults().always(call, fault);
        assertNotDone(Action.ROLLBACK_PORT, new StepTask.RollbackPort(ports.getFirst(), restore.mark(4)));
        assertNotDone(Action.ROLLBACK_VOLUME, new StepTask.RollbackVolume(volume, restore.mark(3)));
        restore.simulator.faults().clear();
        String server = restore.createServer(plan, volume, ports);
        restore.simulator.faults().always(call, fault);
        assertNotDone(
                Action.ROLLBACK_SERVER,
                new StepTask.RollbackServer(server, restore.mark(restore.serverStep(plan)), null));

        assertThat(restore.server(server)).isPresent();
        assertThat(restore.ports()).hasSize(2);
        assertThat(restore.volumes()).hasSize(1);
    }

    @Test
    void finalize_does_not_call_a_running_vm_deleted() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volume = restore.createVolume(plan);
        List<String> ports = restore.createPorts(plan);
        String server = restore.createServer(plan, volume, ports);
        restore.waitActive(plan, server);
        restore.simulator.faults().always("GET .*/servers/" + server + "$", new Fault.FalseNotFound());

        StepFailure failure = restore.failure(
                restore.serverStep(plan) + 2,
                Action.FINALIZE,
                new StepTask.Finalize(plan.withoutUserData(), server, volume, ports));

        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageContaining("is not certainly gone");
        assertThat(restore.server(server)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "servers/[0-9a-f-]{36}$",
                "os-volume_attachments$",
                "volumes/[0-9a-f-]{36}$",
                "ports/[0-9a-f-]{36}$"
            })
    void one_false_answer_does_not_fail_finalize(String call) throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volume = restore.createVolume(plan);
        List<String> ports = restore.createPorts(plan);
        String server = restore.createServer(plan, volume, ports);
        restore.waitActive(plan, server);
        restore.simulator.faults().once("GET .*/" + call, new Fault.FalseNotFound());

        assertThat(restore.finish(plan, server, volume, ports).portIds()).isEqualTo(ports);
        assertThat(restore.simulator.faults().rules()).isEmpty();
    }

    @Test
    void wait_active_does_not_call_a_vm_deleted_that_is_listed() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String server = restore.createServer(plan, restore.createVolume(plan), restore.createPorts(plan));
        restore.simulator.faults().always("GET .*/servers/" + server + "$", new Fault.FalseNotFound());

        StepFailure failure = impatiently(Action.WAIT_ACTIVE, new StepTask.WaitActive(server, null));

        assertThat(failure).hasMessageContaining("is not certainly gone");
        assertThat(restore.server(server)).isPresent();
    }

    @Test
    void nothing_waits_for_the_old_volume_while_the_vm_is_away() throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.SAME_IPS_OR_FAIL);
        restore.simulator.faults().once("^web-1-boot$", new Fault.VolumeReleasedLate(Duration.ofHours(1)));

        Attempt deletion = restore.deleteOriginal(plan);

        String old = plan.server().bootVolume().id();
        assertThat(restore.volume(old).orElseThrow().state().status().toString())
                .isEqualToIgnoringCase("detaching");
        assertThat(deletion.resources())
                .as("it stays: Nova was not told to delete it")
                .extracting(Resource::id)
                .containsExactly(old);
    }

    private void assertUntouched(Plan plan) {
        assertThat(restore.server(plan.server().id())
                        .orElseThrow()
                        .state()
                        .vmState()
                        .status())
                .isEqualTo("ACTIVE");
        assertThat(plan.nics())
                .allMatch(nic -> restore.port(nic.sourcePortId())
                        .orElseThrow()
                        .deviceId()
                        .equals(plan.server().id()));
        assertThat(restore.volume(plan.server().bootVolume().id())).isPresent();
    }

    private void assertNotDone(Action action, StepTask task) {
        Attempt attempt = restore.attempt(9, action, 1, Duration.ofSeconds(2));
        @Nullable Throwable end = catchThrowable(() -> restore.execute(task, attempt));
        assertThat(end)
                .as("%s is not done", action)
                .isInstanceOfAny(StepFailure.class, CloudException.Unavailable.class);
        assertThat(attempt.resources()).as("what is left has its name").isNotEmpty();
    }

    /** With a deadline that leaves little time to wait for what does not come. */
    private StepFailure impatiently(Action action, StepTask task) {
        return restore.failure(restore.attempt(5, action, 1, Duration.ofSeconds(3)), task);
    }
}
