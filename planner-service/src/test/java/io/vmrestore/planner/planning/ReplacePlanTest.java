package io.vmrestore.planner.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.QuotaLine;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.survey.SurveyException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The plan of a restore in the original's place. */
class ReplacePlanTest {
    private static final Tenant A = Tenant.A;

    private SimulatedCloud cloud;

    @BeforeEach
    void start() {
        cloud = new SimulatedCloud();
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void deletesTheOriginalOnlyWhenEverythingHarmlessIsDoneAndKeepsItsName() throws InterruptedException {
        Plan plan = web(IpStrategy.SAME_IPS_OR_FAIL);

        assertThat(plan.eligible()).as("%s", plan.reasons()).isTrue();
        assertThat(plan.mode()).isEqualTo(RestoreMode.REPLACE);
        assertThat(plan.newName()).isEqualTo("web-1");
        OrderOfSteps order = OrderOfSteps.of(plan);
        order.waits(Action.DELETE_SERVER, Action.VALIDATE, Action.CHECK_QUOTA, Action.CREATE_VOLUME);
        order.waits(Action.CREATE_PORT, Action.DELETE_SERVER);
        order.waits(Action.CREATE_SERVER, Action.DELETE_SERVER, Action.CREATE_VOLUME, Action.CREATE_PORT);
        order.waits(Action.WAIT_ACTIVE, Action.CREATE_SERVER);
        order.last(Action.FINALIZE);
        assertThat(order.all(Action.CREATE_PORT)).hasSize(2);
        assertThat(order.step(Action.DELETE_SERVER).timeoutSeconds()).isEqualTo(420);
    }

    @Test
    void asksForTheAddressesThatTheOriginalGivesFree() throws InterruptedException {
        Plan plan = web(IpStrategy.SAME_IPS_OR_FAIL);

        assertThat(plan.nics()).allSatisfy(nic -> assertThat(nic.requestedIps()).isEqualTo(nic.originalIps()));
        assertThat(plan.warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("If someone takes ")
                        .contains("10.10.0.10")
                        .endsWith("has to be finished by hand."));
    }

    @Test
    void anAddressThatFollowsFromTheMacComesBackWithIt() throws InterruptedException {
        Plan plan = cloud.plan(
                replace(Tenant.B, Tenant.B.webServerId(), "snapshot/web-1-daily", null, IpStrategy.SAME_IPS_OR_FAIL));

        assertThat(plan.eligible()).as("%s", plan.reasons()).isTrue();
        NicPlan front = plan.nics().getFirst();
        assertThat(front.originalIps()).hasSize(2);
        assertThat(front.requestedIps()).hasSize(1);
    }

    @Test
    void saysWhatIsDestroyedAndWhatStays() throws InterruptedException {
        Plan plan = web(IpStrategy.NEW_IPS);

        assertThat(plan.warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("VM \"web-1\" (" + A.webServerId() + ") is deleted and made again")
                        .contains("is lost to it"))
                .anySatisfy(warning -> assertThat(warning)
                        .contains("old boot volume " + A.id("volume/web-1-boot"))
                        .contains("counts against the quota")
                        .doesNotContain("delete"))
                .anySatisfy(warning -> assertThat(warning).contains("are given up; it keeps its MAC address"))
                .noneSatisfy(warning -> assertThat(warning).contains("stays with the original"));
    }

    @Test
    void needsOfTheVmsOwnSizeNothingMore() throws InterruptedException {
        Plan plan = web(IpStrategy.NEW_IPS);

        assertThat(plan.quota())
                .filteredOn(
                        line -> List.of("instances", "cores", "ram", "ports").contains(line.resource()))
                .hasSize(4)
                .extracting(QuotaLine::needed)
                .containsOnly(0L);
        assertThat(plan.quota())
                .filteredOn(line -> List.of("volumes", "gigabytes").contains(line.resource()))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.needed()).isPositive());
    }

    @Test
    void aLockedVmIsNotReplaced() throws InterruptedException {
        Cloud sample = cloud.simulator.cloud();
        sample.run(() -> sample.servers()
                .lock(sample.callerFor(new Owner(A.projectId(), A.ownerId())), A.webServerId(), "careful"));

        Plan plan = web(IpStrategy.NEW_IPS);

        assertThat(plan.eligible()).isFalse();
        assertThat(plan.reasons())
                .containsExactly("VM " + A.webServerId() + " is locked, so it cannot be deleted; unlock it first:"
                        + " openstack server unlock " + A.webServerId());
    }

    @Test
    void theVmKeepsItsName() {
        assertThatThrownBy(() ->
                        cloud.plan(replace(A, A.webServerId(), "snapshot/web-1-daily", "another", IpStrategy.NEW_IPS)))
                .isInstanceOf(SurveyException.class)
                .hasMessage("new_vm_name is for mode NEW only: in REPLACE the VM keeps its name");
    }

    private Plan web(IpStrategy strategy) throws InterruptedException {
        return cloud.plan(replace(A, A.webServerId(), "snapshot/web-1-daily", null, strategy));
    }

    private static PlanRestore replace(
            Tenant tenant, String vmId, String snapshot, @Nullable String newName, IpStrategy strategy) {
        PlanRestore beside = SimulatedCloud.command(tenant, vmId, tenant.id(snapshot), newName, strategy);
        return new PlanRestore(
                beside.jobId(),
                vmId,
                beside.projectId(),
                beside.restorePointId(),
                RestoreMode.REPLACE,
                newName,
                strategy,
                beside.requestedAt());
    }
}
