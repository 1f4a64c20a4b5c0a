package io.vmrestore.simulator.commandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody types who rehearses a disaster: every command is answered as a genuine cloud answers it. */
class RehearsalCommandsTest {
    @TempDir
    private static Path directory;

    private static Simulator simulator;
    private static OpenStackClient admin;
    private static OpenStackClient owner;

    @BeforeAll
    static void start() {
        assumeThat(OpenStackClient.isInstalled()).as("the command 'openstack'").isTrue();
        simulator = Simulator.start(SimulatorSettings.instant());
        admin = new OpenStackClient(simulator, SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, Tenant.A, directory);
        owner = new OpenStackClient(simulator, Tenant.A.owner(), Tenant.A.ownerPassword(), Tenant.A, directory);
    }

    @AfterAll
    static void stop() {
        if (simulator != null) {
            simulator.close();
        }
    }

    @Test
    void anIsolatedPlaceIsMade() {
        String said = owner.session(
                "server group create --policy anti-affinity apart -f value -c policy",
                "network create isolated -f value -c name",
                "subnet create --network isolated --subnet-range 10.99.0.0/24 --dns-nameserver 10.99.0.2 isolated-v4"
                        + " -f value -c cidr",
                "security group create closed -f value -c name",
                "security group rule create --protocol tcp --dst-port 22:23 --remote-ip 10.99.0.0/24 closed"
                        + " -f value -c port_range_max",
                "port create --network isolated --security-group closed isolated-1 -f value -c fixed_ips",
                "network set --tag rehearsal isolated",
                "network list --tags rehearsal -f value -c Name",
                "subnet show isolated-v4 -f value -c dns_nameservers");
        assertThat(said).contains("anti-affinity", "10.99.0.0/24", "23", "'ip_address': '10.99.0.2'");
        assertThat(owner.refused("subnet", "delete", "isolated-v4")).contains("have an IP allocation from this subnet");
        owner.session(
                "port delete isolated-1",
                "security group delete closed",
                "subnet delete isolated-v4",
                "network delete isolated",
                "server group delete apart");
        assertThat(simulator.ports()).noneMatch(port -> port.settings().name().equals("isolated-1"));
    }

    @Test
    void everyListOfAnOwnerIsAnswered() {
        assertThat(owner.session(
                        "server group list",
                        "security group list -f value -c Name",
                        "security group rule list -f value -c Direction",
                        "router list",
                        "network trunk list",
                        "network qos policy list",
                        "availability zone list --network",
                        "volume backup list",
                        "volume transfer request list",
                        "application credential list",
                        "volume type list -f value -c Name",
                        "limits show --absolute -f value -c Name"))
                .contains("default", "egress", "maxTotalInstances");
    }

    @Test
    void everyListOfAnAdministratorIsAnswered() {
        assertThat(admin.session(
                        "quota list --compute",
                        "quota list --volume",
                        "quota list --network",
                        "network rbac list",
                        "network agent list",
                        "hypervisor list -f value",
                        "host list -f value",
                        "aggregate list",
                        "usage list -f value",
                        "volume qos list",
                        "volume service list -f value",
                        "server migration list",
                        "compute service list -f value",
                        "region list -f value -c Region",
                        "service list -f value -c Type",
                        "endpoint list -f value -c URL",
                        "group list",
                        "extension list --network -f value -c Alias"))
                .contains("simulator-compute", "RegionOne", "volumev3", "/compute/v2.1", "quota_details");
    }

    @Test
    void aHostTakesNoNewServersWhileItIsDisabled() {
        admin.run(
                "compute",
                "service",
                "set",
                "--disable",
                "--disable-reason",
                "rehearsal",
                "simulator-compute",
                "nova-compute");
        assertThat(admin.session("compute service list --long -f value")).contains("disabled", "rehearsal");
        admin.run("compute", "service", "set", "--enable", "simulator-compute", "nova-compute");
        assertThat(admin.session("compute service list -f value")).doesNotContain("disabled");
    }
}
