package io.vmrestore.executor.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.network.FixedIp;
import io.vmrestore.simulator.cloud.network.FloatingIp;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.faults.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The steps of a restore in the original's place. */
@Timeout(60)
class ReplaceStepsTest {
    private static final String OUTSIDE = "203.0.113.9";

    private final RestoreFixture restore = new RestoreFixture();

    @AfterEach
    void close() {
        restore.close();
    }

    @Test
    void the_vm_comes_back_with_its_name_addresses_and_macs() throws InterruptedException {
        Plan plan = webPlan(IpStrategy.SAME_IPS_OR_FAIL);

        RestoreResult result = replace(plan);

        assertThat(server(plan.server().id())).isEmpty();
        Server restored = server(result.serverId()).orElseThrow();
        assertThat(restored.name()).isEqualTo("web-1");
        for (NicPlan nic : plan.nics()) {
            Port port = port(result.portIds().get(nic.index())).orElseThrow();
            assertThat(port.macAddress()).isEqualTo(nic.macAddress());
            assertThat(port.deviceId()).isEqualTo(result.serverId());
            assertThat(port.fixedIps())
                    .extracting(FixedIp::ipAddress)
                    .containsExactlyInAnyOrderElementsOf(
                            nic.originalIps().stream().map(ip -> ip.ipAddress()).toList());
        }
        assertThat(result.differences())
                .extracting(difference -> difference.field())
                .doesNotContain("key_pair", "nics[0].ips", "nics[0].mac_address", "nics[1].ips");
    }

    @Test
    void with_new_addresses_the_old_ports_are_given_up() throws InterruptedException {
        Plan plan = webPlan(IpStrategy.NEW_IPS);

        RestoreResult result = replace(plan);

        plan.nics().forEach(nic -> assertThat(port(nic.sourcePortId())).isEmpty());
        assertThat(result.portIds())
                .doesNotContainAnyElementsOf(
                        plan.nics().stream().map(NicPlan::sourcePortId).toList());
        assertThat(port(result.portIds().getFirst()).orElseThrow().macAddress())
                .isEqualTo(plan.nics().getFirst().macAddress());
    }

    @Test
    void the_old_boot_volume_that_stays_is_named() throws InterruptedException {
        Plan plan = webPlan(IpStrategy.NEW_IPS);

        Attempt deletion = delete(plan);

        assertThat(deletion.resources())
                .extracting(Resource::type, Resource::id)
                .containsExactly(
                        tuple(ResourceType.VOLUME, plan.server().bootVolume().id()));
        assertThat(deletion.detail()).containsEntry("server_status", "gone");
    }

    @Test
    void deleting_again_changes_nothing() throws InterruptedException {
        Plan plan = webPlan(IpStrategy.SAME_IPS_OR_FAIL);
        Attempt first = delete(plan);

        Attempt second = delete(plan);

        assertThat(second.resources()).isEqualTo(first.resources());
    }

    @Test
    void a_soft_deleted_server_is_deleted_for_good() throws InterruptedException {
        Plan plan = webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("^web-1$", new Fault.SoftDelete(Duration.ofHours(1)));

        delete(plan);

        assertThat(server(plan.server().id())).isEmpty();
    }

    @Test
    void a_deletion_that_the_cloud_gives_up_is_told_at_once_and_asked_for_again() throws InterruptedException {
        Plan plan = webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().once("^web-1$", new Fault.ServerDeletionFails("the hypervisor holds its disk"));

        StepFailure failure = catchThrowableOfType(StepFailure.class, () -> delete(plan));
        assertThat(failure).hasMessageContaining("could not be deleted and is in ERROR: the hypervisor holds its disk");
        assertThat(failure.retryable()).isTrue();

        delete(plan);
        assertThat(server(plan.server().id())).isEmpty();
    }

    @Test
    void a_vm_locked_meanwhile_is_left_alone() throws InterruptedException {
        Plan plan = webPlan(IpStrategy.NEW_IPS);
        lock(plan);

        Failure failure = refused(Action.DELETE_SERVER, deletion(plan));

        assertThat(failure.kind()).isEqualTo(FailureKind.CLOUD_REFUSED);
        assertThat(failure.message())
                .isEqualTo(
                        "VM " + plan.server().id() + " is locked, so it cannot be deleted; unlock it first: openstack"
                                + " server unlock " + plan.server().id());
        assertThat(server(plan.server().id())).isPresent();
        assertThat(refused(Action.VALIDATE, new StepTask.Validate(plan)).message())
                .isEqualTo(failure.message());
    }

    @Test
    void a_vm_on_a_dead_host_is_left_alone() throws InterruptedException {
        Plan plan = webPlan(IpStrategy.NEW_IPS);
        restore.simulator.faults().always("simulator-compute", new Fault.HostDown(null));

        Failure failure = refused(Action.DELETE_SERVER, deletion(plan));

        assertThat(failure.message())
                .startsWith("The host of VM " + plan.server().id() + " is DOWN: Nova would call the VM deleted");
        assertThat(server(plan.server().id())).isPresent();
    }

    @Test
    void a_vm_with_other_volumes_than_planned_is_left_alone() throws InterruptedException {
        Plan plan = restore.plan(
                RestoreFixture.TENANT.dbServerId(),
                RestoreFixture.TENANT.id("snapshot/db-1-daily"),
                IpStrategy.NEW_IPS);
        StepTask.DeleteServer other =
                new StepTask.DeleteServer(withoutDataVolume(plan), plan.nics(), IpStrategy.NEW_IPS);

        Failure failure = refused(Action.DELETE_SERVER, other);

        assertThat(failure.kind()).isEqualTo(FailureKind.PLAN_OUTDATED);
        assertThat(server(plan.server().id())).isPresent();
    }

    @Test
    void an_address_that_is_given_free_late_is_waited_for() throws InterruptedException {
        Plan plan = webPlan(IpStrategy.SAME_IPS_OR_FAIL);
        NicPlan nic = plan.nics().getFirst();
        restore.simulator.faults().once(nic.sourcePortId(), new Fault.AddressReleasedLate(Duration.ofSeconds(1)));
        delete(plan);
        restore.openStack.project(RestoreFixture.TENANT.projectId()).network().deletePort(nic.sourcePortId());

        Attempt creation = restore.run(5, Action.CREATE_PORT, portTask(plan, 0));

        assertThat(creation.detail()).containsKey("waiting_for_addresses").doesNotContainKey("ip_fallback");
        Port port = port(RestoreFixture.only(creation, ResourceType.PORT)).orElseThrow();
        assertThat(port.macAddress()).isEqualTo(plan.nics().getFirst().macAddress());
    }

    @Test
    void a_vm_whose_data_volume_would_go_with_it_is_left_alone() throws InterruptedException {
        Plan plan = restore.plan(
                RestoreFixture.TENANT.dbServerId(),
                RestoreFixture.TENANT.id("snapshot/db-1-daily"),
                IpStrategy.NEW_IPS);
        String data = plan.server().attachments().stream()
                .filter(volume -> !volume.boot())
                .findFirst()
                .orElseThrow()
                .volumeId();
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
                Action.DELETE_SERVER, new StepTask.DeleteServer(plan.server(), plan.nics(), IpStrategy.NEW_IPS));

        assertThat(failure.message())
                .isEqualTo("Data volume " + data + " would be deleted together with VM "
                        + plan.server().id()
                        + "; keep it first: openstack server volume set --preserve-on-termination "
                        + plan.server().id() + " " + data);
        assertThat(server(plan.server().id())).isPresent();
    }

    @Test
    void where_only_an_address_is_taken_the_mac_is_kept() throws InterruptedException {
        Plan plan = webPlan(IpStrategy.TRY_SAME_IPS);
        NicPlan nic = portGone(plan);
        restore.simulator.faults().always("^10\\.10\\.0\\.10$", new Fault.AddressTaken());

        Attempt creation = createImpatiently(plan);

        Port port = port(RestoreFixture.only(creation, ResourceType.PORT)).orElseThrow();
        assertThat(port.macAddress()).isEqualTo(nic.macAddress());
        assertThat(port.fixedIps()).extracting(FixedIp::ipAddress).doesNotContain("10.10.0.10");
        assertThat(creation.detail()).containsKey("ip_fallback").doesNotContainKey("mac_fallback");
    }

    @Test
    void where_only_the_mac_is_taken_the_addresses_are_kept() throws InterruptedException {
        Plan plan = webPlan(IpStrategy.SAME_IPS_OR_FAIL);
        NicPlan nic = portGone(plan);
        restore.simulator.faults().always(nic.macAddress(), new Fault.MacTaken());

        Attempt creation = createImpatiently(plan);

        Port port = port(RestoreFixture.only(creation, ResourceType.PORT)).orElseThrow();
        assertThat(port.macAddress()).isNotEqualTo(nic.macAddress());
        assertThat(port.fixedIps()).extracting(FixedIp::ipAddress).contains("10.10.0.10");
        assertThat(creation.detail()).containsKey("mac_fallback").doesNotContainKey("ip_fallback");
    }

    private NicPlan portGone(Plan plan) throws InterruptedException {
        delete(plan);
        NicPlan nic = plan.nics().getFirst();
        restore.openStack.project(RestoreFixture.TENANT.projectId()).network().deletePort(nic.sourcePortId());
        return nic;
    }

    /** With a deadline that leaves little time to wait for addresses that never come. */
    private Attempt createImpatiently(Plan plan) throws InterruptedException {
        Attempt creation = restore.attempt(5, Action.CREATE_PORT, 1, Duration.ofSeconds(4));
        restore.execute(portTask(plan, 0), creation);
        return creation;
    }

    @Test
    void floating_ips_follow_to_the_new_port() throws InterruptedException {
        NicPlan original = webPlan(IpStrategy.NEW_IPS).nics().getFirst();
        addFloatingIp(original.sourcePortId(), "10.10.0.10");
        Plan plan = webPlan(IpStrategy.NEW_IPS);
        assertThat(plan.nics().getFirst().floatingTargets()).containsEntry(OUTSIDE, "10.10.0.10");

        RestoreResult result = replace(plan);

        assertThat(floatingIp().portId()).isEqualTo(result.portIds().getFirst());
        assertThat(floatingIp().fixedIp()).isIn(result.ips());
        assertThat(result.differences())
                .extracting(difference -> difference.field())
                .doesNotContain("nics[0].floating_ips");
    }

    @Test
    void a_floating_ip_that_leads_elsewhere_by_now_is_told_and_left_alone() throws InterruptedException {
        NicPlan original = webPlan(IpStrategy.NEW_IPS).nics().getFirst();
        addFloatingIp(original.sourcePortId(), "10.10.0.10");
        Plan plan = webPlan(IpStrategy.NEW_IPS);
        String elsewhere = RestoreFixture.TENANT.id("port/app-1-0");
        addFloatingIp(elsewhere, "10.11.0.20");
        delete(plan);

        Attempt creation = restore.run(5, Action.CREATE_PORT, portTask(plan, 0));

        assertThat(floatingIp().portId()).isEqualTo(elsewhere);
        assertThat(creation.detail().get("floating_ips_lost"))
                .asString()
                .contains(OUTSIDE + ": it is gone or leads elsewhere by now");
    }

    private void addFloatingIp(String portId, String fixedIp) {
        var cloud = restore.simulator.cloud();
        cloud.run(() -> cloud.floatingIps()
                .add(new FloatingIp(
                        "00000000-0000-4000-8000-0000000000f1",
                        RestoreFixture.TENANT.projectId(),
                        "outside",
                        OUTSIDE,
                        portId,
                        fixedIp,
                        1,
                        Instant.EPOCH,
                        Instant.EPOCH)));
    }

    private FloatingIp floatingIp() {
        var cloud = restore.simulator.cloud();
        return cloud.execute(() -> cloud.floatingIps()
                .all()
                .filter(ip -> ip.address().equals(OUTSIDE))
                .findFirst()
                .orElseThrow());
    }

    private RestoreResult replace(Plan plan) throws InterruptedException {
        String volumeId = restore.createVolume(plan);
        delete(plan);
        List<String> ports = new ArrayList<>();
        for (NicPlan nic : plan.nics()) {
            ports.add(RestoreFixture.only(
                    restore.run(5 + nic.index(), Action.CREATE_PORT, portTask(plan, nic.index())), ResourceType.PORT));
        }
        String serverId = restore.createServer(plan, volumeId, ports);
        restore.waitActive(plan, serverId);
        return restore.finish(plan, serverId, volumeId, ports);
    }

    private Attempt delete(Plan plan) throws InterruptedException {
        return restore.run(4, Action.DELETE_SERVER, deletion(plan));
    }

    private static StepTask deletion(Plan plan) {
        return new StepTask.DeleteServer(plan.server(), plan.nics(), plan.ipStrategy());
    }

    private static StepTask portTask(Plan plan, int nic) {
        return new StepTask.CreatePort(
                plan.newName(),
                plan.nics().get(nic),
                plan.ipStrategy(),
                plan.server().id());
    }

    private Plan webPlan(IpStrategy strategy) throws InterruptedException {
        Plan beside = restore.webPlan(strategy);
        return new Plan(
                RestoreMode.REPLACE,
                strategy,
                beside.projectId(),
                beside.projectName(),
                beside.server().name(),
                beside.volumeName(),
                beside.server(),
                beside.restorePoint(),
                beside.nics(),
                beside.quota(),
                true,
                List.of(),
                List.of(),
                beside.steps(),
                beside.fingerprint(),
                beside.userData());
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

    private Optional<Server> server(String id) {
        return restore.simulator.servers().stream()
                .filter(server -> server.id().equals(id))
                .findFirst();
    }

    private Optional<Port> port(String id) {
        return restore.simulator.ports().stream()
                .filter(port -> port.id().equals(id))
                .findFirst();
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
