package io.vmrestore.executor.step.deleteserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.executor.step.SamplePlans;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.survey.Replaceability;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Originals that a replacement does not delete, because they changed or too little is known of them. */
@Timeout(60)
class OriginalLeftAloneTest {
    private final RestoreFixture restore = new RestoreFixture();

    @AfterEach
    void close() {
        restore.close();
    }

    @Test
    void a_vm_locked_meanwhile_is_left_alone() throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.NEW_IPS);
        lock(plan);

        Failure failure = refused(Action.DELETE_SERVER, SamplePlans.deletion(plan));

        assertThat(failure.kind()).isEqualTo(FailureKind.CLOUD_REFUSED);
        assertThat(failure.message())
                .isEqualTo(
                        "VM " + plan.server().id() + " is locked, so it cannot be deleted; unlock it first: openstack"
                                + " server unlock " + plan.server().id());
        assertThat(restore.server(plan.server().id())).isPresent();
        assertThat(refused(Action.VALIDATE, new StepTask.Validate(plan)).message())
                .isEqualTo(failure.message());
    }

    @Test
    void a_vm_on_a_dead_host_is_left_alone() throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.NEW_IPS);
        restore.simulator.faults().always("simulator-compute", new Fault.HostDown(null));

        Failure failure = refused(Action.DELETE_SERVER, SamplePlans.deletion(plan));

        assertThat(failure.message())
                .startsWith("The host of VM " + plan.server().id() + " is DOWN: Nova would call the VM deleted");
        assertThat(restore.server(plan.server().id())).isPresent();
    }

    @Test
    void a_vm_with_other_volumes_than_planned_is_left_alone() throws InterruptedException {
        Plan plan = dbPlan();
        StepTask.DeleteServer other =
                new StepTask.DeleteServer(withoutDataVolume(plan), plan.nics(), IpStrategy.NEW_IPS, null);

        Failure failure = refused(Action.DELETE_SERVER, other);

        assertThat(failure.kind()).isEqualTo(FailureKind.PLAN_OUTDATED);
        assertThat(restore.server(plan.server().id())).isPresent();
    }

    @Test
    void a_vm_whose_data_volume_would_go_with_it_is_left_alone() throws InterruptedException {
        Plan plan = dbPlan();
        String data = dataVolume(plan);
        var cloud = restore.simulator.cloud();
        var owner = cloud.execute(
                () -> cloud.callerFor(new Owner(RestoreFixture.TENANT.projectId(), RestoreFixture.TENANT.ownerId())));
        cloud.run(() -> cloud.servers().detach(owner, plan.server().id(), data));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> restore.simulator.volumes().stream()
                        .anyMatch(volume -> volume.id().equals(data)
                                && volume.state().status().toString().equalsIgnoreCase("available")));
        cloud.run(() -> cloud.servers().attach(owner, plan.server().id(), data, true));

        Failure failure = refused(
                Action.DELETE_SERVER, new StepTask.DeleteServer(plan.server(), plan.nics(), IpStrategy.NEW_IPS, null));

        assertThat(failure.message())
                .isEqualTo("Data volume " + data + " would be deleted together with VM "
                        + plan.server().id()
                        + "; detach it first, it is attached again afterwards: openstack server remove volume "
                        + plan.server().id() + " " + data);
        assertThat(restore.server(plan.server().id())).isPresent();
    }

    @Test
    void a_vm_is_left_alone_whose_data_volume_may_go_with_it_for_all_the_cloud_tells() throws InterruptedException {
        Plan plan = dbPlan();
        String data = dataVolume(plan);
        restore.simulator.faults().always(data, new Fault.OddField("volumeAttachment", "delete_on_termination", null));
        restore.simulator
                .faults()
                .always(plan.server().id(), new Fault.FieldMissing("server", "os-extended-volumes:volumes_attached"));

        Failure failure = refused(Action.DELETE_SERVER, SamplePlans.deletion(plan));

        assertThat(failure.message())
                .isEqualTo(Replaceability.dataVolumeUnclear(plan.server().id(), data))
                .startsWith("The cloud does not tell whether data volume " + data + " would be deleted together with");
        assertThat(restore.server(plan.server().id())).isPresent();
    }

    @Test
    void a_vm_is_left_alone_of_whose_host_the_cloud_tells_nothing() throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.NEW_IPS);
        restore.simulator.faults().always(plan.server().id(), new Fault.FieldMissing("server", "host_status"));
        restore.simulator.faults().always("^GET .*/os-services", new Fault.Answer(403, "not for you", null));

        assertThat(refused(Action.DELETE_SERVER, SamplePlans.deletion(plan)).message())
                .startsWith("The cloud does not tell whether the host of VM "
                        + plan.server().id() + " answers");
        assertThat(restore.server(plan.server().id())).isPresent();
    }

    private Plan dbPlan() throws InterruptedException {
        return restore.plans.of(
                RestoreFixture.TENANT.dbServerId(),
                RestoreFixture.TENANT.id("snapshot/db-1-daily"),
                IpStrategy.NEW_IPS);
    }

    private static String dataVolume(Plan plan) {
        return plan.server().attachments().stream()
                .filter(volume -> !volume.boot())
                .findFirst()
                .orElseThrow()
                .volumeId();
    }

    private Failure refused(Action action, StepTask task) {
        StepFailure failure = catchThrowableOfType(StepFailure.class, () -> restore.run(4, action, task));
        assertThat(failure).as("%s is refused", action).isNotNull();
        assertThat(failure.retryable()).isFalse();
        return failure.failure();
    }

    private void lock(Plan plan) {
        var cloud = restore.simulator.cloud();
        cloud.run(() -> cloud.servers()
                .lock(
                        cloud.callerFor(new Owner(RestoreFixture.TENANT.projectId(), RestoreFixture.TENANT.ownerId())),
                        plan.server().id(),
                        "careful"));
    }

    private static SourceServer withoutDataVolume(Plan plan) {
        var server = plan.server();
        return new SourceServer(
                server.id(),
                server.name(),
                server.status(),
                server.projectId(),
                server.userId(),
                server.flavor(),
                server.availabilityZone(),
                server.keyName(),
                server.keyFingerprint(),
                server.publicKey(),
                server.metadata(),
                server.tags(),
                server.description(),
                server.configDrive(),
                server.serverGroupId(),
                server.securityGroups(),
                server.bootVolume(),
                server.attachments().stream().filter(volume -> volume.boot()).toList());
    }
}
