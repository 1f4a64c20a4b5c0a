package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.network.FixedIp;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A VM as the simulated cloud has it, and what of it must be there again when it was restored. */
record VmInCloud(
        String status,
        List<String> addresses,
        List<String> macs,
        Map<String, String> metadata,
        List<String> tags,
        List<String> portIds,
        List<String> volumeIds) {

    static VmInCloud withId(Simulator cloud, String id) {
        return of(cloud, server -> server.id().equals(id));
    }

    /** The only one of this name in the project. */
    static VmInCloud named(Simulator cloud, Tenant tenant, String name) {
        return of(
                cloud,
                server -> server.name().equals(name) && server.projectId().equals(tenant.projectId()));
    }

    private static VmInCloud of(Simulator cloud, Predicate<Server> which) {
        List<Server> found = cloud.servers().stream().filter(which).toList();
        assertThat(found).hasSize(1);
        Server server = found.getFirst();
        List<Port> ports = cloud.ports().stream()
                .filter(port -> port.deviceId().equals(server.id()))
                .toList();
        return new VmInCloud(
                server.state().vmState().status(),
                ports.stream()
                        .flatMap(port -> port.fixedIps().stream())
                        .map(FixedIp::ipAddress)
                        .sorted()
                        .toList(),
                ports.stream().map(Port::macAddress).sorted().toList(),
                server.spec().metadata(),
                server.spec().tags().stream().sorted().toList(),
                ports.stream().map(Port::id).toList(),
                server.state().disks().stream().map(disk -> disk.volumeId()).toList());
    }

    void assertBackAs(VmInCloud now) {
        assertThat(now.status).isEqualTo("ACTIVE");
        assertThat(now.addresses).isEqualTo(addresses);
        assertThat(now.macs).isEqualTo(macs);
        assertThat(now.metadata).isEqualTo(metadata);
        assertThat(now.tags).isEqualTo(tags);
        assertThat(now.volumeIds).isNotEmpty();
    }
}
