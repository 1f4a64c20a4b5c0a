package io.vmrestore.simulator.sample;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.network.Network;
import io.vmrestore.simulator.cloud.network.Subnet;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.time.Duration;
import java.time.Instant;

/** The networks of the sample cloud. */
final class SampleNetworks {
    private SampleNetworks() {}

    static void addShared(Cloud cloud) {
        Instant created = cloud.engine().now().minus(Duration.ofDays(90));
        String id = SampleCloud.SHARED_NETWORK_ID;
        String project = SampleCloud.SERVICE_PROJECT_ID;
        cloud.networks().add(new Network(id, project, "shared-net", true, false, created));
        cloud.networks().add(subnet(project, id, "shared-subnet", "10.99.0.0/24", "10.99.0.", created));
        String outside = SampleCloud.PUBLIC_NETWORK_ID;
        cloud.networks().add(new Network(outside, project, "public-net", false, true, created));
        cloud.networks().add(subnet(project, outside, "public-subnet", "203.0.113.0/24", "203.0.113.", created));
    }

    static void addTenant(Cloud cloud, Tenant tenant) {
        Instant created = cloud.engine().now().minus(Duration.ofDays(60));
        String project = tenant.projectId();
        String front = tenant.frontNetworkId();
        String back = tenant.backNetworkId();
        cloud.networks().add(new Network(front, project, tenant.projectName() + "-front", false, false, created));
        cloud.networks().add(new Network(back, project, tenant.projectName() + "-back", false, false, created));
        cloud.networks()
                .add(subnet(project, front, "front-v4", tenant.frontPrefix() + "0/24", tenant.frontPrefix(), created));
        cloud.networks()
                .add(new Subnet(
                        SampleCloud.id(project + "/subnet/front-v6"),
                        project,
                        front,
                        "front-v6",
                        tenant.frontPrefix6() + "/64",
                        tenant.frontPrefix6() + "1",
                        tenant.frontPrefix6() + "2",
                        tenant.frontPrefix6() + "ffff:ffff",
                        tenant.ipv6Mode(),
                        created));
        cloud.networks()
                .add(subnet(project, back, "back-v4", tenant.backPrefix() + "0/24", tenant.backPrefix(), created));
    }

    static void addLoad(Cloud cloud, Tenant tenant, String network) {
        Instant created = cloud.engine().now();
        String project = tenant.projectId();
        int block = tenant.loadBlock();
        cloud.networks().add(new Network(network, project, tenant.projectName() + "-load", false, false, created));
        cloud.networks()
                .add(new Subnet(
                        SampleCloud.id(project + "/subnet/load"),
                        project,
                        network,
                        "load-v4",
                        "10." + block + ".0.0/16",
                        "10." + block + ".0.1",
                        "10." + block + ".0.2",
                        "10." + block + ".255.254",
                        null,
                        created));
    }

    private static Subnet subnet(
            String project, String network, String name, String cidr, String prefix, Instant created) {
        return new Subnet(
                SampleCloud.id(project + "/subnet/" + name),
                project,
                network,
                name,
                cidr,
                prefix + "1",
                prefix + "2",
                prefix + "254",
                null,
                created);
    }
}
