package io.vmrestore.simulator.sample;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.ServerGroup;
import io.vmrestore.simulator.cloud.compute.ServerSpec;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.cloud.network.SecurityGroup;
import io.vmrestore.simulator.cloud.network.SecurityGroupRule;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts servers, volumes, snapshots, ports and keys into one tenant of the sample cloud. */
final class SampleTenant {
    private static final String PUBLIC_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDemoOnlyThereIsNoPrivateKeyForThis0 ";

    private final Cloud cloud;
    private final Tenant tenant;
    private final SampleParts parts;
    private final String webGroup;

    SampleTenant(Cloud cloud, Tenant tenant) {
        this.cloud = cloud;
        this.tenant = tenant;
        this.parts = new SampleParts(cloud, tenant);
        this.webGroup = tenant.id("security-group/web");
    }

    void fill() {
        cloud.securityGroups()
                .add(new SecurityGroup(
                        webGroup,
                        tenant.projectId(),
                        tenant.projectName() + "-web",
                        "HTTPS and SSH from anywhere",
                        List.of(rule("egress", null), rule("ingress", 443), rule("ingress", 22)),
                        parts.daysAgo(60)));
        cloud.servers()
                .groups()
                .put(new ServerGroup(
                        tenant.serverGroupId(),
                        new Owner(tenant.projectId(), tenant.ownerId()),
                        tenant.projectName() + "-spread",
                        "soft-anti-affinity"));
        cloud.servers().keyPairs().add(tenant.ownerId(), tenant.keyName(), PUBLIC_KEY + tenant.owner());
        addWebServer();
        addAppServer();
        addDbServer();
        addStatelessServer();
    }

    private void addWebServer() {
        String name = "web-1";
        List<String> groups = List.of(webGroup, parts.defaultGroup().getFirst());
        Port front = parts.addPort(name, 0, tenant.frontNetworkId(), groups, 10);
        Port back = parts.addPort(name, 1, tenant.backNetworkId(), parts.defaultGroup(), 10);
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("role", "web");
        metadata.put("backup", "daily");
        ServerSpec plain = parts.spec(name);
        ServerSpec rich = new ServerSpec(
                name,
                "The front door",
                plain.flavor(),
                null,
                tenant.keyName(),
                Base64.getEncoder().encodeToString(userData(name).getBytes(StandardCharsets.UTF_8)),
                true,
                metadata,
                List.of("production", "team-web"),
                tenant.serverGroupId(),
                List.of(tenant.projectName() + "-web"),
                plain.reservationId(),
                plain.number());
        parts.addServer(name, List.of(parts.addBootVolume(name)), List.of(front, back), rich);
        parts.addSnapshot(name, name + "-monthly", 30);
        parts.addSnapshot(name, name + "-weekly", 7);
        parts.addSnapshot(name, name + "-daily", 1);
    }

    private void addAppServer() {
        String name = "app-1";
        Port card = parts.addPort(name, 0, tenant.backNetworkId(), parts.defaultGroup(), 20);
        parts.addServer(name, List.of(parts.addBootVolume(name)), List.of(card), parts.spec(name));
        parts.addSnapshot(name, name + "-weekly", 7);
        parts.addSnapshot(name, name + "-daily", 1);
    }

    private void addDbServer() {
        String name = "db-1";
        Port card = parts.addPort(name, 0, tenant.backNetworkId(), parts.defaultGroup(), 30);
        Volume boot = parts.addBootVolume(name);
        Volume data = parts.addDataVolume(name);
        parts.addServer(name, List.of(boot, data), List.of(card), parts.spec(name));
        parts.addSnapshot(name, name + "-weekly", 7);
        parts.addSnapshot(name, name + "-daily", 1);
        parts.addSnapshot(name, name + "-data", name + "-data", 1);
    }

    private void addStatelessServer() {
        String name = "stateless-1";
        Port card = parts.addPort(name, 0, tenant.frontNetworkId(), parts.defaultGroup(), 40);
        ServerSpec spec = parts.spec(name);
        ServerSpec imageBooted = new ServerSpec(
                name,
                null,
                cloud.servers().flavors().find(SampleCloud.FLAVOR_MEDIUM_ID).orElseThrow(),
                SampleCloud.IMAGE_ID,
                tenant.keyName(),
                null,
                false,
                Map.of("role", "stateless"),
                List.of(),
                null,
                List.of(),
                spec.reservationId(),
                spec.number());
        parts.addServer(name, List.of(), List.of(card), imageBooted);
    }

    private SecurityGroupRule rule(String direction, @Nullable Integer port) {
        return new SecurityGroupRule(
                tenant.id("rule/" + direction + port), direction, "IPv4", port == null ? null : "tcp", port, null);
    }

    private static String userData(String host) {
        return """
            #cloud-config
            hostname: %s
            write_files:
              - path: /etc/motd
                content: "made by cloud-init; the password is not here\\n"
            runcmd:
              - [systemctl, restart, nginx]
            """.formatted(host);
    }
}
