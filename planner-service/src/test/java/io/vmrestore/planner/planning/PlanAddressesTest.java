package io.vmrestore.planner.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.FixedIp;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which interfaces a planned restore has, and which addresses it asks for. */
class PlanAddressesTest {
    private static final Tenant A = Tenant.A;

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
    void ordersInterfacesAsTheGuestHasThemAndKeepsADualStackPortWhole() throws InterruptedException {
        Plan plan = cloud.plan(SimulatedCloud.web(A, IpStrategy.TRY_SAME_IPS));

        assertThat(plan.nics()).extracting(NicPlan::index).containsExactly(0, 1);
        assertThat(plan.nics()).extracting(NicPlan::networkId).containsExactly(A.frontNetworkId(), A.backNetworkId());
        assertThat(plan.nics())
                .extracting(NicPlan::sourcePortId)
                .containsExactly(A.id("port/web-1-0"), A.id("port/web-1-1"));
        assertThat(plan.nics().getFirst().originalIps())
                .extracting(FixedIp::ipAddress)
                .hasSize(2)
                .contains("10.10.0.10");
        assertThat(plan.nics().getFirst().securityGroups()).hasSize(2).contains(A.id("security-group/web"));
    }

    @Test
    void asksForNoAddressWithNewIps() throws InterruptedException {
        Plan plan = cloud.plan(SimulatedCloud.web(A, IpStrategy.NEW_IPS));

        assertThat(plan.nics()).allSatisfy(nic -> assertThat(nic.requestedIps()).isEmpty());
    }

    @Test
    void asksForTheOriginalAddressesWithoutPromise() throws InterruptedException {
        Plan plan = cloud.plan(SimulatedCloud.web(A, IpStrategy.TRY_SAME_IPS));

        assertThat(plan.nics()).allSatisfy(nic -> assertThat(nic.requestedIps()).isEqualTo(nic.originalIps()));
        assertThat(plan.warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("The addresses of interface 0 (")
                        .contains("are tried, not promised: ", "10.10.0.10", A.id("port/web-1-0")));
    }

    @Test
    void warnsThatHeldAddressesWillFailTheRestore() throws InterruptedException {
        Plan plan = cloud.plan(SimulatedCloud.web(A, IpStrategy.SAME_IPS_OR_FAIL));

        assertThat(plan.eligible()).as("%s", plan.reasons()).isTrue();
        assertThat(plan.nics()).allSatisfy(nic -> assertThat(nic.requestedIps()).isEqualTo(nic.originalIps()));
        assertThat(plan.warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("The restore will fail unless the addresses of interface 1 (")
                        .contains("10.11.0.10", A.id("port/web-1-1")));
    }

    @Test
    void neverAsksForAnAddressThatFollowsFromTheMac() throws InterruptedException {
        Plan tried = cloud.plan(SimulatedCloud.web(Tenant.B, IpStrategy.TRY_SAME_IPS));
        Plan demanded = cloud.plan(SimulatedCloud.web(Tenant.B, IpStrategy.SAME_IPS_OR_FAIL));

        NicPlan front = tried.nics().getFirst();
        assertThat(front.originalIps()).hasSize(2);
        assertThat(front.requestedIps()).extracting(FixedIp::ipAddress).containsExactly("10.20.0.10");
        assertThat(tried.eligible()).isTrue();
        assertThat(tried.warnings())
                .anySatisfy(
                        warning -> assertThat(warning).endsWith("follows from the MAC address and will be another."));
        assertThat(demanded.eligible()).isFalse();
        assertThat(demanded.reasons())
                .singleElement()
                .asString()
                .startsWith("Address fd20:20::")
                .contains("follows from the MAC address, which the original keeps");
    }
}
