package io.vmrestore.simulator.sample;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Disk;
import io.vmrestore.simulator.cloud.compute.Flavor;
import io.vmrestore.simulator.cloud.compute.Nic;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.compute.ServerSpec;
import io.vmrestore.simulator.cloud.compute.ServerState;
import io.vmrestore.simulator.cloud.compute.ServerState.ServerFault;
import io.vmrestore.simulator.cloud.compute.VmState;
import io.vmrestore.simulator.cloud.network.AddressPair;
import io.vmrestore.simulator.cloud.network.FixedIp;
import io.vmrestore.simulator.cloud.network.FloatingIp;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.cloud.network.PortRequest;
import io.vmrestore.simulator.cloud.volume.VolumeStatus;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Servers that a restore has to be careful with, each named after what is special about it, all in one tenant. */
final class SampleGallery {
    private static final int WEEKS = 12;
    private static final int DAYS_OF_A_WEEK = 7;

    private final Cloud cloud;
    private final Tenant tenant;
    private final SampleParts parts;
    private int lastHost = 100;

    SampleGallery(Cloud cloud, Tenant tenant) {
        this.cloud = cloud;
        this.tenant = tenant;
        this.parts = new SampleParts(cloud, tenant);
    }

    void fill() {
        add("stopped-1", state -> with(state, VmState.STOPPED, null, null));
        add("locked-1", state -> with(state, VmState.ACTIVE, null, ServerState.OWNER));
        add(
                "broken-1",
                state -> with(
                        state,
                        VmState.ERROR,
                        new ServerFault("The hypervisor lost the guest.", parts.daysAgo(2)),
                        null));
        add(
                "nova-ports-1",
                state -> with(
                        state,
                        state.disks().stream().map(SampleGallery::terminated).toList(),
                        state.nics().stream().map(this::madeByNova).toList()));
        add("shared-net-1", parts.spec("shared-net-1"), SampleCloud.SHARED_NETWORK_ID, UnaryOperator.identity());
        Flavor retired = new Flavor("19", "sim.retired", 2, 1024, 0, Map.of());
        add(
                "retired-flavor-1",
                of(retired, null, "retired-flavor-1"),
                tenant.backNetworkId(),
                UnaryOperator.identity());
        addFloating();
        addRouter();
        addImageBooted();
        addHistory();
        addOrphan();
    }

    private Server add(String name, UnaryOperator<ServerState> change) {
        return add(name, parts.spec(name), tenant.backNetworkId(), change);
    }

    /** A server with one card and two snapshots of its boot volume. */
    private Server add(String name, ServerSpec spec, String networkId, UnaryOperator<ServerState> change) {
        Port card = parts.addPort(name, 0, networkId, parts.defaultGroup(), ++lastHost);
        Server server = parts.addServer(name, List.of(parts.addBootVolume(name)), List.of(card), spec);
        parts.addSnapshot(name, name + "-weekly", DAYS_OF_A_WEEK);
        parts.addSnapshot(name, name + "-daily", 1);
        return cloud.servers()
                .add(new Server(
                        server.id(),
                        server.owner(),
                        spec,
                        change.apply(server.state()),
                        server.createdAt(),
                        server.updatedAt()));
    }

    private void addFloating() {
        Server server = add("floating-1", UnaryOperator.identity());
        Port card = cloud.ports().ofDevice(server.id()).findFirst().orElseThrow();
        FixedIp address = card.fixedIps().getFirst();
        cloud.floatingIps()
                .add(new FloatingIp(
                        tenant.id("floating-ip/floating-1"),
                        tenant.projectId(),
                        SampleCloud.PUBLIC_NETWORK_ID,
                        "203.0.113.10",
                        card.id(),
                        address.ipAddress(),
                        1,
                        parts.daysAgo(30),
                        parts.daysAgo(30)));
    }

    /** Forwards for others: further addresses may send through its port. */
    private void addRouter() {
        Server server = add("router-1", UnaryOperator.identity());
        Port card = cloud.ports().ofDevice(server.id()).findFirst().orElseThrow();
        List<AddressPair> pairs = List.of(new AddressPair(null, tenant.backPrefix() + "240"));
        PortRequest request = new PortRequest(
                null, null, null, "gateway of the old lab", null, null, null, null, pairs, null, null, null, null);
        cloud.ports().update(parts.caller(), card.id(), request, null);
    }

    /** Boots from an image and has a data volume that is bootable, with a snapshot: still nothing to restore. */
    private void addImageBooted() {
        String name = "image-and-data-1";
        Flavor medium =
                cloud.servers().flavors().find(SampleCloud.FLAVOR_MEDIUM_ID).orElseThrow();
        Port card = parts.addPort(name, 0, tenant.backNetworkId(), parts.defaultGroup(), ++lastHost);
        parts.addServer(
                name,
                List.of(parts.addBootableDataVolume(name)),
                List.of(card),
                of(medium, SampleCloud.IMAGE_ID, name));
        parts.addSnapshot(name, name + "-data", name + "-data", 1);
    }

    /** A snapshot of every week, and one that failed. */
    private void addHistory() {
        String name = "history-1";
        add(name, UnaryOperator.identity());
        for (int week = WEEKS; week > 0; week--) {
            parts.addSnapshot(name, name + "-week-" + week, week * DAYS_OF_A_WEEK);
        }
        parts.addSnapshot(name, name + "-failed", 0);
        cloud.volumes()
                .snapshots()
                .reset(parts.caller(), tenant.id("snapshot/" + name + "-failed"), VolumeStatus.ERROR);
    }

    /** Snapshots whose server is gone. */
    private void addOrphan() {
        parts.addFreeVolume("orphan-1-boot");
        parts.addSnapshot("orphan-1", "orphan-1-daily", 3);
    }

    private ServerSpec of(Flavor flavor, @Nullable String imageId, String name) {
        ServerSpec plain = parts.spec(name);
        return new ServerSpec(
                name,
                plain.description(),
                flavor,
                imageId,
                plain.keyName(),
                plain.userData(),
                plain.configDrive(),
                plain.metadata(),
                plain.tags(),
                plain.serverGroupId(),
                plain.securityGroups(),
                plain.reservationId(),
                plain.number());
    }

    private static ServerState with(
            ServerState old, VmState vmState, @Nullable ServerFault fault, @Nullable String lockedBy) {
        return new ServerState(
                vmState,
                null,
                old.host(),
                old.disks(),
                old.nics(),
                fault,
                old.launchedAt(),
                null,
                lockedBy,
                lockedBy == null ? null : "under audit",
                false,
                true);
    }

    private static ServerState with(ServerState old, List<Disk> disks, List<Nic> nics) {
        return new ServerState(
                old.vmState(), null, old.host(), disks, nics, null, old.launchedAt(), null, null, null, false, true);
    }

    private static Disk terminated(Disk disk) {
        return new Disk(
                disk.id(),
                disk.source(),
                disk.sourceId(),
                disk.volumeId(),
                disk.size(),
                disk.boot(),
                true,
                disk.device(),
                disk.tag());
    }

    private Nic madeByNova(Nic nic) {
        String port = Objects.requireNonNull(nic.portId());
        return new Nic(cloud.ports().find(port).orElseThrow().networkId(), port, null, true);
    }
}
