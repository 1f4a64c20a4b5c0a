package io.vmrestore.simulator.sample;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.engine.Quotas;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.util.List;
import java.util.Map;

/** Adds any number of plain servers to a sample tenant, for loads. */
final class SampleLoad {
    private final Cloud cloud;
    private final Tenant tenant;
    private final SampleParts parts;

    SampleLoad(Cloud cloud, Tenant tenant) {
        this.cloud = cloud;
        this.tenant = tenant;
        this.parts = new SampleParts(cloud, tenant);
    }

    void raiseQuotas() {
        Map<String, Integer> unlimited =
                Map.of("instances", Quotas.UNLIMITED, "cores", Quotas.UNLIMITED, "ram", Quotas.UNLIMITED);
        cloud.servers().quotas().change(tenant.projectId(), unlimited);
        cloud.volumes()
                .limits()
                .quotas()
                .change(
                        tenant.projectId(),
                        Map.of(
                                "volumes", Quotas.UNLIMITED,
                                "gigabytes", Quotas.UNLIMITED,
                                "snapshots", Quotas.UNLIMITED));
        cloud.ports().quotas().change(tenant.projectId(), Map.of("port", Quotas.UNLIMITED));
    }

    String addServer(int number, String networkId) {
        String name = "load-" + number;
        Port card = parts.addPort(name, 0, networkId, parts.defaultGroup(), 2 + number);
        parts.addServer(name, List.of(parts.addBootVolume(name)), List.of(card), parts.spec(name));
        parts.addSnapshot(name, name, 1);
        return tenant.id("server/" + name);
    }
}
