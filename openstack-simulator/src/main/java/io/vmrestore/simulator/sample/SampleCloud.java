package io.vmrestore.simulator.sample;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Flavor;
import io.vmrestore.simulator.cloud.identity.Identity;
import io.vmrestore.simulator.cloud.identity.Role;
import io.vmrestore.simulator.cloud.image.Image;
import io.vmrestore.simulator.cloud.network.Subnet;
import io.vmrestore.simulator.cloud.volume.VolumeType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What is in a new simulated cloud: three tenants with servers, snapshots, networks and keys, a service project, and
 * users of every role. All ids follow from names, so they are the same in every simulator. The passwords are for
 * demonstrations: there is nothing behind them but this simulator.
 */
public final class SampleCloud {
    public static final String SERVICE_PROJECT_ID = projectId("service");
    public static final String SHARED_NETWORK_ID = id("network/shared-net");
    public static final String PUBLIC_NETWORK_ID = id("network/public-net");
    public static final String IMAGE_ID = id("image/debian-13");
    public static final String FLAVOR_SMALL_ID = "11";
    public static final String FLAVOR_MEDIUM_ID = "12";

    /** Has the admin role on every project. */
    public static final String ADMIN = "admin";

    public static final String ADMIN_PASSWORD = "demo-admin";

    /** The service user of restores: admin on service and tenant-a, without any role on tenant-b. */
    public static final String SERVICE_USER = "snapshot-svc@company.com";

    public static final String SERVICE_USER_PASSWORD = "demo-service";

    /**
     * One user per role, on the service project and on every tenant: {@code reader@company.com} and so on, all with
     * this password.
     */
    public static final String ROLE_USER_PASSWORD = "demo-role";

    public static final List<String> ROLES = List.of(Role.ADMIN, Role.MANAGER, Role.MEMBER, Role.READER);

    private SampleCloud() {}

    /** A tenant with its owner, who made everything in it. */
    public enum Tenant {
        A("tenant-a", "owner-a@company.com", 10, Subnet.STATEFUL),
        B("tenant-b", "owner-b@company.com", 20, Subnet.SLAAC),

        /** Has every kind of server, also those that make restoring hard: see {@link SampleGallery}. */
        C("tenant-c", "owner-c@company.com", 30, Subnet.STATEFUL);

        private static final int LOAD_BLOCKS = 100;

        private final String projectName;
        private final String owner;
        private final int block;
        private final String ipv6Mode;

        Tenant(String projectName, String owner, int block, String ipv6Mode) {
            this.projectName = projectName;
            this.owner = owner;
            this.block = block;
            this.ipv6Mode = ipv6Mode;
        }

        public String projectName() {
            return projectName;
        }

        public String projectId() {
            return SampleCloud.projectId(projectName);
        }

        /** The user name of the owner, who has the role member. */
        public String owner() {
            return owner;
        }

        public String ownerId() {
            return SampleCloud.userId(owner);
        }

        public String ownerPassword() {
            return "demo-owner";
        }

        public String keyName() {
            return projectName + "-key";
        }

        /** The id of something in this tenant, such as {@code server/web-1} or {@code snapshot/web-1-weekly}. */
        public String id(String what) {
            return SampleCloud.id(projectName + "/" + what);
        }

        /** Boots from a volume; user data, key, metadata, tags, two cards (the first dual stack), security groups. */
        public String webServerId() {
            return id("server/web-1");
        }

        /** Boots from a volume; one card, nothing special. */
        public String appServerId() {
            return id("server/app-1");
        }

        /** Boots from a volume and has a data volume. */
        public String dbServerId() {
            return id("server/db-1");
        }

        /** Boots from an image: nothing to restore. */
        public String statelessServerId() {
            return id("server/stateless-1");
        }

        /** The server group that the web server is in. */
        public String serverGroupId() {
            return id("server-group/spread");
        }

        /** The network with an IPv4 and an IPv6 subnet. */
        public String frontNetworkId() {
            return id("network/front");
        }

        /** The network with an IPv4 subnet. */
        public String backNetworkId() {
            return id("network/back");
        }

        /** The first three numbers of the front network's IPv4 addresses. */
        public String frontPrefix() {
            return "10." + block + ".0.";
        }

        String backPrefix() {
            return "10." + (block + 1) + ".0.";
        }

        String frontPrefix6() {
            return "fd" + block + ":" + block + "::";
        }

        int loadBlock() {
            return LOAD_BLOCKS + block;
        }

        String ipv6Mode() {
            return ipv6Mode;
        }
    }

    /** Fills an empty cloud. */
    public static void fill(Cloud cloud) {
        cloud.run(() -> {
            addIdentities(cloud.identity());
            addCommons(cloud);
            SampleNetworks.addShared(cloud);
            for (Tenant tenant : Tenant.values()) {
                SampleNetworks.addTenant(cloud, tenant);
                new SampleTenant(cloud, tenant).fill();
            }
            new SampleGallery(cloud, Tenant.C).fill();
        });
    }

    /**
     * Adds further servers to a tenant, each with a boot volume and a snapshot of it, for loads: {@code load-0} and so
     * on from the given number, on a network of their own. Quotas grow with them.
     *
     * @return the ids of the servers; see {@link #loadSnapshotId}
     */
    public static List<String> addServers(Cloud cloud, Tenant tenant, int first, int count) {
        return cloud.execute(() -> {
            SampleLoad load = new SampleLoad(cloud, tenant);
            String network = tenant.id("network/load");
            if (cloud.networks().find(network).isEmpty()) {
                SampleNetworks.addLoad(cloud, tenant, network);
            }
            load.raiseQuotas();
            List<String> ids = new ArrayList<>();
            for (int number = first; number < first + count; number++) {
                ids.add(load.addServer(number, network));
            }
            return ids;
        });
    }

    /** How many servers were added to a tenant so far, if they were numbered from 0 on. */
    public static int countAdded(Cloud cloud, Tenant tenant) {
        return cloud.execute(() -> {
            int number = 0;
            while (cloud.servers().find(tenant.id("server/load-" + number)).isPresent()) {
                number++;
            }
            return number;
        });
    }

    /** The snapshot of the numbered server of {@link #addServers}. */
    public static String loadSnapshotId(Tenant tenant, int number) {
        return tenant.id("snapshot/load-" + number);
    }

    public static String projectId(String name) {
        return id("project/" + name).replace("-", "");
    }

    public static String userId(String name) {
        return id("user/" + name).replace("-", "");
    }

    public static String roleId(String name) {
        return id("role/" + name).replace("-", "");
    }

    /** The id that follows from a name. */
    public static String id(String name) {
        return UUID.nameUUIDFromBytes(("vm-restore-sample/" + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static void addIdentities(Identity identity) {
        identity.addRole(roleId(Role.READER), Role.READER, null);
        identity.addRole(roleId(Role.MEMBER), Role.MEMBER, roleId(Role.READER));
        identity.addRole(roleId(Role.MANAGER), Role.MANAGER, roleId(Role.MEMBER));
        identity.addRole(roleId(Role.ADMIN), Role.ADMIN, roleId(Role.MANAGER));
        identity.addProject(SERVICE_PROJECT_ID, "service");
        identity.addUser(userId(ADMIN), ADMIN, ADMIN_PASSWORD);
        identity.addUser(userId(SERVICE_USER), SERVICE_USER, SERVICE_USER_PASSWORD);
        grant(identity, ADMIN, SERVICE_PROJECT_ID, Role.ADMIN);
        grant(identity, SERVICE_USER, SERVICE_PROJECT_ID, Role.ADMIN);
        ROLES.forEach(role -> {
            identity.addUser(userId(role + "@company.com"), role + "@company.com", ROLE_USER_PASSWORD);
            grant(identity, role + "@company.com", SERVICE_PROJECT_ID, role);
        });
        for (Tenant tenant : Tenant.values()) {
            identity.addProject(tenant.projectId(), tenant.projectName());
            identity.addUser(tenant.ownerId(), tenant.owner(), tenant.ownerPassword());
            grant(identity, tenant.owner(), tenant.projectId(), Role.MEMBER);
            grant(identity, ADMIN, tenant.projectId(), Role.ADMIN);
            ROLES.forEach(role -> grant(identity, role + "@company.com", tenant.projectId(), role));
        }
        grant(identity, SERVICE_USER, Tenant.A.projectId(), Role.ADMIN);
    }

    private static void grant(Identity identity, String user, String projectId, String role) {
        identity.grant(projectId, userId(user), roleId(role));
    }

    private static void addCommons(Cloud cloud) {
        cloud.servers().flavors().put(new Flavor(FLAVOR_SMALL_ID, "sim.small", 1, 512, 0, Map.of()));
        cloud.servers().flavors().put(new Flavor(FLAVOR_MEDIUM_ID, "sim.medium", 2, 2048, 20, Map.of()));
        cloud.servers().flavors().put(new Flavor("13", "sim.large", 4, 8192, 40, Map.of("hw:cpu_policy", "shared")));
        cloud.images()
                .put(new Image(
                        IMAGE_ID,
                        "debian-13",
                        Map.of("os_distro", "debian", "hw_disk_bus", "virtio", "hw_firmware_type", "uefi")));
        cloud.volumes()
                .types()
                .put(new VolumeType(id("type/default"), VolumeType.DEFAULT, "Default Volume Type", true));
        cloud.volumes().types().put(new VolumeType(id("type/fast"), "fast", "Faster and dearer", true));
    }
}
