package io.vmrestore.planner.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.FaultRule;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.survey.SurveyException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.StringNode;

/** Why a restore cannot be planned or its plan cannot be executed, and what its requester is told. */
class PlanRefusalsTest {
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
    void isNotEligibleWhereAQuotaLeavesNoRoom() throws InterruptedException {
        cloud.simulator.cloud().run(() -> {
            cloud.simulator.cloud().servers().quotas().change(A.projectId(), Map.of("instances", 4));
            cloud.simulator.cloud().ports().quotas().change(A.projectId(), Map.of("port", 6));
        });

        Plan plan = cloud.plan(SimulatedCloud.web(A, IpStrategy.NEW_IPS));

        assertThat(plan.eligible()).isFalse();
        assertThat(plan.reasons())
                .containsExactlyInAnyOrder(
                        "Quota instances leaves no room: 1 needed, but 4 of 4 used",
                        "Quota ports leaves no room: 2 needed, but 5 of 6 used");
    }

    @Test
    void namesTheNearestFlavorsWhereTheOwnIsGone() throws InterruptedException {
        cloud.simulator
                .cloud()
                .run(() -> cloud.simulator.cloud().servers().flavors().remove(SampleCloud.FLAVOR_SMALL_ID));

        Plan plan = cloud.plan(SimulatedCloud.web(A, IpStrategy.NEW_IPS));

        assertThat(plan.eligible()).isFalse();
        assertThat(plan.reasons())
                .containsExactly("Flavor \"sim.small\" (1 vCPU, 512 MiB) no longer exists as it was. The nearest are"
                        + " \"sim.medium\" (2 vCPU, 2048 MiB), \"sim.large\" (4 vCPU, 8192 MiB)");
    }

    @Test
    void isNotEligibleOnADeletedNetwork() throws InterruptedException {
        cloud.simulator.faults().always("GET .*/networks/" + A.backNetworkId(), new Fault.FalseNotFound());
        // Neither does the list show it.
        cloud.simulator
                .faults()
                .always(A.backNetworkId(), new Fault.OddField("network", "id", StringNode.valueOf("another")));

        for (IpStrategy strategy : IpStrategy.values()) {
            Plan plan = cloud.plan(SimulatedCloud.web(A, strategy));
            assertThat(plan.reasons())
                    .singleElement()
                    .asString()
                    .startsWith("Network " + A.backNetworkId() + " of interface 1 (")
                    .endsWith("no longer exists, so no port can be made there");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshots", "networks", "os-server-groups"})
    void whatIsFalselyCalledAbsentIsNotToldAsDeleted(String kind) throws InterruptedException {
        cloud.simulator.faults().always("GET .*/" + kind + "/[0-9a-f-]{36}", new Fault.FalseNotFound());

        for (IpStrategy strategy : IpStrategy.values()) {
            PlanRestore command = SimulatedCloud.web(A, strategy);
            if (kind.equals("os-server-groups")) {
                assertThat(cloud.plan(command).reasons()).noneMatch(reason -> reason.contains("does not exist"));
            } else {
                Failure failure = assertRejected(command, FailureKind.CLOUD_UNAVAILABLE);
                assertThat(failure.message()).contains("is not certainly gone: the list of " + kind + " shows it");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshots", "networks", "flavors", "subnets", "servers", "ports"})
    void aStray404IsAnOutageWhateverItIsAbout(String kind) {
        cloud.simulator.faults().always("GET .*/" + kind + "\\b", new Fault.StrayNotFound(null));

        SurveyException refused = catchThrowableOfType(
                SurveyException.class,
                () -> cloud.planner(Duration.ofSeconds(3)).plan(SimulatedCloud.web(A, IpStrategy.TRY_SAME_IPS)));

        assertThat(refused.failure().kind()).isEqualTo(FailureKind.CLOUD_UNAVAILABLE);
        assertThat(refused.failure().message())
                .contains("something in front of the service answered")
                .contains("Check the proxy or load balancer in front of the service")
                .doesNotContain("does not exist", "no longer exists");
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshots", "networks", "flavors", "os-server-groups", "projects"})
    void oneFalseAnswerCostsNoPlan(String kind) throws InterruptedException {
        cloud.simulator.faults().once("GET .*/" + kind + "/", new Fault.StrayNotFound(null));

        assertThat(cloud.plan(SimulatedCloud.web(A, IpStrategy.SAME_IPS_OR_FAIL))
                        .reasons())
                .noneMatch(reason -> reason.contains("exist"));
    }

    @Test
    void aCatalogWithoutAServiceIsNotToldAsAProjectThatIsNotAccessible() {
        cloud.simulator.faults().always("^network$", new Fault.NotInCatalog());

        Failure failure = assertRejected(SimulatedCloud.web(A, IpStrategy.NEW_IPS), FailureKind.CLOUD_REFUSED);

        assertThat(failure.message())
                .startsWith("The network service cannot be used: the catalog has no public endpoint")
                .contains("GET /auth/catalog, request req-")
                .contains("check OS_REGION_NAME and OS_INTERFACE")
                .endsWith("The next call reads the catalog anew; a changed setting counts when the services are started"
                        + " again");
        assertThat(failure.service()).isEqualTo("network");
    }

    @Test
    void rejectsWhatCannotBeRestored() {
        String snapshot = A.id("snapshot/web-1-daily");
        assertRejected(SimulatedCloud.command(A, UUID.randomUUID().toString(), snapshot), FailureKind.VM_NOT_FOUND);
        assertRejected(SimulatedCloud.command(A, Tenant.B.webServerId(), snapshot), FailureKind.VM_NOT_FOUND);
        assertRejected(SimulatedCloud.command(A, A.statelessServerId(), snapshot), FailureKind.BOOT_FROM_IMAGE);
        assertRejected(
                SimulatedCloud.command(A, A.webServerId(), UUID.randomUUID().toString()),
                FailureKind.RESTORE_POINT_NOT_FOUND);
        assertRejected(
                SimulatedCloud.command(A, A.webServerId(), Tenant.B.id("snapshot/web-1-daily")),
                FailureKind.RESTORE_POINT_MISMATCH);
        assertRejected(
                SimulatedCloud.command(A, A.webServerId(), A.id("snapshot/app-1-daily")),
                FailureKind.RESTORE_POINT_MISMATCH);
        assertRejected(
                SimulatedCloud.command(A, A.dbServerId(), A.id("snapshot/db-1-data")),
                FailureKind.RESTORE_POINT_MISMATCH);
        assertRejected(
                SimulatedCloud.command(A, A.webServerId(), snapshot, " ", IpStrategy.NEW_IPS),
                FailureKind.UNPROCESSABLE);
    }

    @Test
    void rejectsAnUnknownProjectByName() {
        PlanRestore command = SimulatedCloud.web(A, IpStrategy.NEW_IPS);
        String unknown = UUID.randomUUID().toString().replace("-", "");
        Failure failure = assertRejected(
                new PlanRestore(
                        command.jobId(),
                        command.vmId(),
                        unknown,
                        command.restorePointId(),
                        RestoreMode.NEW,
                        null,
                        IpStrategy.NEW_IPS,
                        SimulatedCloud.REQUESTED_AT),
                FailureKind.PROJECT_NOT_FOUND);

        assertThat(failure.message()).isEqualTo("Project " + unknown + " does not exist");
    }

    @Test
    void namesTheServiceThatIsAway() {
        cloud.simulator
                .faults()
                .add("GET .*/snapshots/", FaultRule.ALWAYS, new Fault.Answer(503, "down for maintenance", null));

        Failure failure = assertRejected(SimulatedCloud.web(A, IpStrategy.NEW_IPS), FailureKind.CLOUD_UNAVAILABLE);

        assertThat(failure.service()).isEqualTo("volume");
        assertThat(failure.httpStatus()).isEqualTo(503);
        assertThat(failure.requestId()).startsWith("req-");
        assertThat(failure.message()).startsWith("The volume service is not available (");
    }

    @Test
    void asksAServiceAgainThatIsAwayForAMoment() throws InterruptedException {
        // The client itself asks three times.
        cloud.simulator.faults().add("GET .*/snapshots/", 4, new Fault.Answer(503, "down for a moment", null));

        assertThat(cloud.plan(SimulatedCloud.web(A, IpStrategy.NEW_IPS)).eligible())
                .isTrue();
        assertThat(cloud.simulator.faults().rules()).isEmpty();
    }

    @Test
    void saysThatTheCloudIsAway() {
        cloud.simulator.close();

        Failure failure = assertRejected(SimulatedCloud.web(A, IpStrategy.NEW_IPS), FailureKind.CLOUD_UNAVAILABLE);

        assertThat(failure.service()).isEqualTo("identity");
    }

    @Test
    void namesTheServiceThatIsSlow() {
        cloud.simulator.faults().add("GET .*/v2.0/ports", FaultRule.ALWAYS, new Fault.Slow(Duration.ofSeconds(20)));
        long began = System.nanoTime();

        SurveyException late = catchThrowableOfType(
                SurveyException.class,
                () -> cloud.planner(Duration.ofSeconds(1)).plan(SimulatedCloud.web(A, IpStrategy.NEW_IPS)));

        assertThat(late.failure().kind()).isEqualTo(FailureKind.CLOUD_TIMEOUT);
        assertThat(late.failure().service()).isEqualTo("network");
        assertThat(late.failure().message())
                .isEqualTo("The network service did not answer within 1000 ms. Look in the service's log under the"
                        + " request id for what took so long, then try again");
        assertThat(late.failure().requestId()).matches("req-[0-9a-f-]{36}");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void saysWhatToConfigureWhereTheIdentityIsRefused() {
        cloud.simulator.faults().add("GET .*/servers/", FaultRule.ALWAYS, new Fault.Answer(403, "policy", null));

        Failure failure = assertRejected(SimulatedCloud.web(A, IpStrategy.NEW_IPS), FailureKind.PROJECT_NOT_ACCESSIBLE);

        assertThat(failure.message()).contains("SNAPSHOT_SERVICE_USER_EMAIL", "admin role");
    }

    private Failure assertRejected(PlanRestore command, FailureKind kind) {
        SurveyException rejected = catchThrowableOfType(SurveyException.class, () -> cloud.plan(command));
        assertThat(rejected).as("planning %s", command).isNotNull();
        assertThat(rejected.failure().kind()).isEqualTo(kind);
        return rejected.failure();
    }
}
