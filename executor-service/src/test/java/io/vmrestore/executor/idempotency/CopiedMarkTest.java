package io.vmrestore.executor.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.ServerSpec;
import io.vmrestore.openstack.network.PortSpec;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.volume.VolumeSpec;
import io.vmrestore.simulator.sample.SampleCloud;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clones and restored backups carry the mark of what they were copied from; they are nobody's leftover. */
@Timeout(60)
class CopiedMarkTest {
    private final RestoreFixture restore = new RestoreFixture();
    private OpenStack owner;
    private ProjectCloud theirs;

    @BeforeEach
    void signInAsTheOwner() {
        owner = OpenStack.connect(CloudSettings.of(
                URI.create(restore.simulator.authUrl()),
                new Credentials(
                        RestoreFixture.TENANT.owner(),
                        "Default",
                        RestoreFixture.TENANT.ownerPassword(),
                        RestoreFixture.TENANT.projectName(),
                        null,
                        "Default"),
                null));
        theirs = owner.project(RestoreFixture.TENANT.projectId());
    }

    @AfterEach
    void close() {
        owner.close();
        restore.close();
    }

    @Test
    void a_copy_is_not_adopted() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String copy = copiedVolume(plan, Map.of(Mark.KEY, restore.mark(3)));

        String made = restore.createVolume(plan);

        assertThat(made).isNotEqualTo(copy);
        assertThat(restore.createVolume(plan)).as("an own earlier one is").isEqualTo(made);
    }

    @Test
    void a_rollback_removes_ours_and_leaves_the_copies() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volume = restore.createVolume(plan);
        String server = restore.createServer(plan, volume, restore.createPorts(plan));
        String clone = clone(plan, server);
        String backup = copiedVolume(plan, Map.of(Mark.KEY, restore.mark(3)));

        restore.run(
                20,
                Action.ROLLBACK_SERVER,
                new StepTask.RollbackServer(null, restore.mark(restore.serverStep(plan)), null));
        restore.run(21, Action.ROLLBACK_VOLUME, new StepTask.RollbackVolume(volume, restore.mark(3)));

        assertThat(restore.server(server)).isEmpty();
        assertThat(restore.volume(volume)).isEmpty();
        assertThat(restore.server(clone)).isPresent();
        assertThat(restore.volume(backup)).isPresent();
    }

    @Test
    void finalize_takes_no_copy_for_a_duplicate() throws InterruptedException {
        Plan plan = restore.webPlan(IpStrategy.NEW_IPS);
        String volume = restore.createVolume(plan);
        List<String> ports = restore.createPorts(plan);
        String server = restore.createServer(plan, volume, ports);
        restore.waitActive(plan, server);
        String clone = clone(plan, server);

        restore.finish(plan, server, volume, ports);

        assertThat(restore.server(clone)).isPresent();
        assertThat(restore.ports())
                .as("a port that a clone holds, under the name of ours")
                .anyMatch(port -> port.deviceId().equals(clone));
    }

    /** A server of the owner's with the metadata and tags of ours, on a port with the name of one of ours. */
    private String clone(Plan plan, String serverId) {
        Server ours = theirs.compute().server(serverId);
        String port = theirs.network()
                .createPort(PortSpec.on(
                        RestoreFixture.TENANT.frontNetworkId(),
                        Mark.of(restore.attempt(4, Action.CREATE_PORT).address())
                                .portName()))
                .id();
        String volume = copiedVolume(plan, Map.of(Mark.KEY, restore.mark(3)));
        return theirs.compute()
                .create(new ServerSpec(
                        "clone",
                        SampleCloud.FLAVOR_SMALL_ID,
                        volume,
                        List.of(port),
                        null,
                        ours.metadata(),
                        ours.tags(),
                        null,
                        null,
                        false,
                        null,
                        null));
    }

    private String copiedVolume(Plan plan, Map<String, String> metadata) {
        return theirs.volumes()
                .create(new VolumeSpec("copy", plan.restorePoint().id(), null, null, null, null, metadata))
                .id();
    }
}
