package io.vmrestore.planner.planning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the plan finds out of what the cloud would refuse, lose or change, while the original still exists. */
class ProvablePlanTest {
    private static final Tenant A = Tenant.A;
    private static final String TRUNK = "7f0d5c56-4d6c-4f5e-9d31-0d2f1f6d1a11";

    private SimulatedCloud cloud;

    @BeforeEach
    void open() {
        cloud = new SimulatedCloud();
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void metadataThatFillsTheLimitStaysAndOursGivesWay() throws InterruptedException {
        Map<String, String> items = new HashMap<>();
        IntStream.range(0, 126).forEach(item -> items.put("k" + item, "v"));
        cloud.change((sample, owner) -> sample.servers().setMetadata(owner, A.webServerId(), items));

        Plan plan = replace(IpStrategy.TRY_SAME_IPS);

        assertThat(plan.eligible()).as("%s", plan.reasons()).isTrue();
        assertThat(plan.carried().leftOut()).hasSize(4).doesNotContain("metadata.restore_mark");
        assertThat(plan.warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("The cloud allows 128 metadata items and the VM has 126 of its own"));
    }

    @Test
    void metadataBeyondALoweredLimitMakesThePlanNotEligible() throws InterruptedException {
        cloud.change((sample, owner) ->
                sample.servers().limits().quotas().change(A.projectId(), Map.of("metadata_items", 1)));

        assertThat(replace(IpStrategy.TRY_SAME_IPS).reasons())
                .singleElement()
                .asString()
                .startsWith("The VM has 2 metadata items, but the cloud allows a new server only 1");
        assertThat(cloud.plan(SimulatedCloud.web(A, IpStrategy.NEW_IPS)).eligible())
                .isFalse();
    }

    @Test
    void aZoneThatIsNotOfferedAnyMoreIsNotAskedFor() throws InterruptedException {
        odd(A.webServerId(), "server", "OS-EXT-AZ:availability_zone", "\"rack-7\"");

        for (Plan plan :
                List.of(replace(IpStrategy.TRY_SAME_IPS), cloud.plan(SimulatedCloud.web(A, IpStrategy.NEW_IPS)))) {
            assertThat(plan.eligible()).as("%s", plan.reasons()).isTrue();
            assertThat(plan.carried().leftOut()).containsExactly("availability_zone");
            assertThat(plan.warnings())
                    .anySatisfy(warning -> assertThat(warning).startsWith("Availability zone \"rack-7\" of the VM"));
        }
    }

    @Test
    void zonesThatMayNotBeReadForbidAReplacementAndWarnBeside() throws InterruptedException {
        cloud.simulator.faults().always("GET .*/os-availability-zone", new Fault.Answer(403, "policy", null));

        assertThat(replace(IpStrategy.TRY_SAME_IPS).reasons())
                .singleElement()
                .asString()
                .contains("does not tell whether availability zone");
        assertThat(cloud.plan(SimulatedCloud.web(A, IpStrategy.NEW_IPS)).eligible())
                .isTrue();
    }

    @Test
    void aNameThatNovaTakesNoLongerForbidsAReplacementAndIsNotGivenBeside() throws InterruptedException {
        cloud.rename(A.webServerId(), "legacy ");

        assertThat(replace(IpStrategy.TRY_SAME_IPS).reasons())
                .containsExactly("Nova would refuse the name of the VM, which must not begin or end with white space;"
                        + " rename it first: openstack --os-project-id " + A.projectId()
                        + " server set --name legacy " + A.webServerId());
        assertThat(cloud.plan(SimulatedCloud.web(A, IpStrategy.NEW_IPS)).newName())
                .isEqualTo("legacy-restored-20261122-131415");
    }

    @Test
    void theParentPortOfATrunkIsNotGivenUp() throws InterruptedException {
        odd(
                A.id("port/web-1-0"),
                "port",
                "trunk_details",
                "{\"trunk_id\":\"" + TRUNK + "\",\"sub_ports\":[{\"port_id\":\"sub-1\",\"segmentation_id\":100}]}");

        assertThat(replace(IpStrategy.NEW_IPS).reasons())
                .singleElement()
                .asString()
                .contains("is the parent of trunk " + TRUNK);
        assertThat(replace(IpStrategy.TRY_SAME_IPS).eligible()).isTrue();
        assertThat(cloud.plan(SimulatedCloud.web(A, IpStrategy.NEW_IPS)).warnings())
                .anySatisfy(warning -> assertThat(warning).contains("its sub-ports stay with the original: sub-1"));
    }

    @Test
    void whatIsSetAndNotCarriedIsTold() throws InterruptedException {
        String port = A.id("port/web-1-0");
        odd(port, "port", "extra_dhcp_opts", "[{\"opt_name\":\"bootfile-name\",\"opt_value\":\"secret\"}]");
        odd(port, "port", "binding:profile", "{\"trusted\":\"true\"}");
        odd(port, "port", "dns_domain", "\"corp.example.\"");
        odd(port, "port", "numa_affinity_policy", "\"required\"");
        odd(port, "port", "admin_state_up", "false");
        odd(A.webServerId(), "server", "accessIPv4", "\"198.51.100.7\"");
        odd(A.webServerId(), "server", "trusted_image_certificates", "[\"one\"]");
        odd(A.webServerId(), "server", "flavor.ephemeral", "20");
        odd(A.webServerId(), "server", "flavor.swap", "4096");
        odd(A.webServerId(), "server", "flavor.extra_specs", "{\"hw:cpu_policy\":\"dedicated\"}");
        odd(
                A.id("volume/web-1-boot"),
                "volume",
                "metadata",
                "{\"snapshot_policies\":\"daily_5\",\"readonly\":\"False\"}");
        odd(A.id("volume/web-1-boot"), "volume", "group_id", "\"group-1\"");

        Plan plan = cloud.plan(SimulatedCloud.web(A, IpStrategy.NEW_IPS));

        assertThat(plan.eligible()).as("%s", plan.reasons()).isTrue();
        assertThat(plan.warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("Not restored: ")
                        .contains("binding:profile, dns_domain (corp.example.), extra_dhcp_opts,"
                                + " numa_affinity_policy (required)")
                        .doesNotContain("secret"))
                .anySatisfy(warning -> assertThat(warning).contains("administratively down"))
                .anySatisfy(warning -> assertThat(warning).contains("accessIPv4", "198.51.100.7"))
                .anySatisfy(warning -> assertThat(warning).contains("trusted_image_certificates"))
                .anySatisfy(warning -> assertThat(warning)
                        .contains("an ephemeral disk of 20 GiB, now 0", "swap of 4096 MiB, now 0", "hw:cpu_policy"))
                .anySatisfy(warning -> assertThat(warning).startsWith("Of the boot volume is not restored: group_id"));
        assertThat(plan.carried().portsDown()).containsExactly(0);
        assertThat(plan.carried().volumeMetadata()).isEqualTo(Map.of("snapshot_policies", "daily_5"));
    }

    @Test
    void anOrdinaryVmHasNothingThatIsNotKnown() throws InterruptedException {
        assertThat(cloud.plan(SimulatedCloud.web(A, IpStrategy.NEW_IPS)).warnings())
                .noneSatisfy(warning -> assertThat(warning).startsWith("Of the "))
                .noneSatisfy(warning -> assertThat(warning).contains("order of the interfaces"))
                .noneSatisfy(warning -> assertThat(warning).contains("administratively down"));
    }

    @Test
    void aStoppedVmIsSaidToBeStarted() throws InterruptedException {
        odd(A.webServerId(), "server", "status", "\"SHUTOFF\"");

        assertThat(replace(IpStrategy.TRY_SAME_IPS).warnings())
                .contains("The VM is stopped (SHUTOFF), but the restored VM is started; stop it afterwards if it shall"
                        + " not run.");
    }

    @Test
    void aPortThatIsTakenOverKeepsItsNameWhereItOutlivesTheVm() throws InterruptedException {
        odd(A.id("port/web-1-0"), "port", "name", "\"front\"");

        assertThat(replace(IpStrategy.TRY_SAME_IPS).warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("If the port of interface 0")
                        .contains("A port that was given to the VM is kept whole"))
                .noneSatisfy(warning -> assertThat(warning).startsWith("Not restored: name"));
        assertThat(replace(IpStrategy.NEW_IPS).warnings())
                .anySatisfy(warning -> assertThat(warning).startsWith("Not restored: name"));
    }

    private void odd(String id, String kind, String field, String json) {
        cloud.simulator
                .faults()
                .always(
                        "^" + id + "$",
                        new Fault.OddField(kind, field, JsonMapper.shared().readTree(json)));
    }

    private Plan replace(IpStrategy strategy) throws InterruptedException {
        return cloud.plan(new PlanRestore(
                UUID.nameUUIDFromBytes("replace".getBytes(UTF_8)),
                A.webServerId(),
                A.projectId(),
                A.id("snapshot/web-1-daily"),
                RestoreMode.REPLACE,
                null,
                strategy,
                SimulatedCloud.REQUESTED_AT));
    }
}
