package io.vmrestore.executor.step.createport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.executor.step.SamplePlans;
import io.vmrestore.simulator.cloud.network.FixedIp;
import io.vmrestore.simulator.cloud.network.FloatingIp;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.faults.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Making a port in the original's place, with its addresses, MAC and floating IPs. */
@Timeout(60)
class ReplacingPortTest {
    private static final String OUTSIDE = "203.0.113.9";

    private final RestoreFixture restore = new RestoreFixture();

    @AfterEach
    void close() {
        restore.close();
    }

    @Test
    void an_address_that_is_given_free_late_is_waited_for() throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.SAME_IPS_OR_FAIL);
        NicPlan nic = plan.nics().getFirst();
        restore.simulator.faults().once(nic.sourcePortId(), new Fault.AddressReleasedLate(Duration.ofSeconds(4)));
        restore.deleteOriginal(plan);
        restore.openStack.project(RestoreFixture.TENANT.projectId()).network().deletePort(nic.sourcePortId());

        Attempt creation = restore.run(5, Action.CREATE_PORT, SamplePlans.replacingPortTask(plan, 0));

        assertThat(creation.detail()).containsKey("waiting_for_addresses").doesNotContainKey("ip_fallback");
        Port port =
                restore.port(RestoreFixture.only(creation, ResourceType.PORT)).orElseThrow();
        assertThat(port.macAddress()).isEqualTo(plan.nics().getFirst().macAddress());
    }

    @Test
    void where_only_an_address_is_taken_the_mac_is_kept() throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.TRY_SAME_IPS);
        NicPlan nic = portGone(plan);
        restore.simulator.faults().always("^10\\.10\\.0\\.10$", new Fault.AddressTaken());

        Attempt creation = createImpatiently(plan);

        Port port =
                restore.port(RestoreFixture.only(creation, ResourceType.PORT)).orElseThrow();
        assertThat(port.macAddress()).isEqualTo(nic.macAddress());
        assertThat(port.fixedIps()).extracting(FixedIp::ipAddress).doesNotContain("10.10.0.10");
        assertThat(creation.detail()).containsKey("ip_fallback").doesNotContainKey("mac_fallback");
    }

    @Test
    void where_only_the_mac_is_taken_the_addresses_are_kept() throws InterruptedException {
        Plan plan = restore.plans.webReplacement(IpStrategy.SAME_IPS_OR_FAIL);
        NicPlan nic = portGone(plan);
        restore.simulator.faults().always(nic.macAddress(), new Fault.MacTaken());

        Attempt creation = createImpatiently(plan);

        Port port =
                restore.port(RestoreFixture.only(creation, ResourceType.PORT)).orElseThrow();
        assertThat(port.macAddress()).isNotEqualTo(nic.macAddress());
        assertThat(port.fixedIps()).extracting(FixedIp::ipAddress).contains("10.10.0.10");
        assertThat(creation.detail()).containsKey("mac_fallback").doesNotContainKey("ip_fallback");
    }

    @Test
    void floating_ips_follow_to_the_new_port() throws InterruptedException {
        NicPlan original =
                restore.plans.webReplacement(IpStrategy.NEW_IPS).nics().getFirst();
        addFloatingIp(original.sourcePortId(), "10.10.0.10");
        Plan plan = restore.plans.webReplacement(IpStrategy.NEW_IPS);
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
        NicPlan original =
                restore.plans.webReplacement(IpStrategy.NEW_IPS).nics().getFirst();
        addFloatingIp(original.sourcePortId(), "10.10.0.10");
        Plan plan = restore.plans.webReplacement(IpStrategy.NEW_IPS);
        restore.deleteOriginal(plan);
        String elsewhere = RestoreFixture.TENANT.id("port/app-1-0");
        addFloatingIp(elsewhere, "10.11.0.20");

        Attempt creation = restore.run(5, Action.CREATE_PORT, SamplePlans.replacingPortTask(plan, 0));

        assertThat(floatingIp().portId()).isEqualTo(elsewhere);
        assertThat(creation.detail().get("floating_ips_lost"))
                .asString()
                .contains(OUTSIDE + ": it is gone or leads elsewhere by now");
    }

    @Test
    void a_port_that_is_taken_over_is_the_same_one_each_time() throws Exception {
        Plan plan = restore.plans.webReplacement(IpStrategy.SAME_IPS_OR_FAIL);
        restore.deleteOriginal(plan);
        StepTask task = SamplePlans.replacingPortTask(plan, 0);

        Attempt first = restore.run(5, Action.CREATE_PORT, task);
        List<Attempt> others = restore.twice(5, Action.CREATE_PORT, task);

        String portId = plan.nics().getFirst().sourcePortId();
        assertThat(first.detail()).containsEntry("port_taken_over", portId);
        assertThat(RestoreFixture.only(first, ResourceType.PORT)).isEqualTo(portId);
        assertThat(others).allMatch(other -> other.resources().equals(first.resources()));
        assertThat(restore.ports()).isEmpty();
    }

    @Test
    void a_wait_for_addresses_ends_when_the_restore_is_stopped() throws Exception {
        Plan plan = restore.plans.webReplacement(IpStrategy.SAME_IPS_OR_FAIL);
        NicPlan nic = plan.nics().getFirst();
        restore.simulator.faults().once(nic.sourcePortId(), new Fault.AddressReleasedLate(Duration.ofSeconds(30)));
        portGone(plan);
        Attempt attempt = restore.attempt(5, Action.CREATE_PORT);

        StepFailure failure = restore.stopped(
                attempt,
                SamplePlans.replacingPortTask(plan, 0),
                () -> attempt.detail().containsKey("waiting_for_addresses"));

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.STOPPED);
        assertThat(restore.ports()).isEmpty();
    }

    private NicPlan portGone(Plan plan) throws InterruptedException {
        restore.deleteOriginal(plan);
        NicPlan nic = plan.nics().getFirst();
        restore.openStack.project(RestoreFixture.TENANT.projectId()).network().deletePort(nic.sourcePortId());
        return nic;
    }

    /** With a deadline that leaves little time to wait for addresses that never come. */
    private Attempt createImpatiently(Plan plan) throws InterruptedException {
        Attempt creation = restore.attempt(5, Action.CREATE_PORT, 1, Duration.ofSeconds(4));
        restore.execute(SamplePlans.replacingPortTask(plan, 0), creation);
        return creation;
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
        restore.deleteOriginal(plan);
        List<String> ports = new ArrayList<>();
        for (NicPlan nic : plan.nics()) {
            ports.add(RestoreFixture.only(
                    restore.run(5 + nic.index(), Action.CREATE_PORT, SamplePlans.replacingPortTask(plan, nic.index())),
                    ResourceType.PORT));
        }
        String serverId = restore.createServer(plan, volumeId, ports);
        restore.waitActive(plan, serverId);
        return restore.finish(plan, serverId, volumeId, ports);
    }
}
