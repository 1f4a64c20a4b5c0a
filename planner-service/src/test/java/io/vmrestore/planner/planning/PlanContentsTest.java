package io.vmrestore.planner.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.BootMode;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.QuotaLine;
import io.vmrestore.common.contract.QuotaVerdict;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.FaultRule;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the plan of a restore beside the original says: names, steps, quotas, and warnings. */
class PlanContentsTest {
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
    void plansARestoreBesideTheOriginal() throws InterruptedException {
        Plan plan = cloud.plan(SimulatedCloud.web(A, IpStrategy.NEW_IPS));

        assertThat(plan.eligible()).as("%s", plan.reasons()).isTrue();
        assertThat(plan.reasons()).isEmpty();
        assertThat(plan.projectName()).isEqualTo("tenant-a");
        assertThat(plan.bootMode()).isEqualTo(BootMode.VOLUME);
        assertThat(plan.newName()).isEqualTo("web-1-restored-20261122-131415");
        assertThat(plan.volumeName()).isEqualTo("restored-web-1-20261122-131415");
        assertThat(plan.restorePoint().id()).isEqualTo(A.id("snapshot/web-1-daily"));
        assertThat(plan.restorePoint().volumeId()).isEqualTo(A.id("volume/web-1-boot"));

        assertThat(plan.server().id()).isEqualTo(A.webServerId());
        assertThat(plan.server().userId()).isEqualTo(A.ownerId());
        assertThat(plan.server().flavor().id()).isEqualTo(SampleCloud.FLAVOR_SMALL_ID);
        assertThat(plan.server().flavor().name()).isEqualTo("sim.small");
        assertThat(plan.server().keyName()).isEqualTo("tenant-a-key");
        assertThat(plan.server().publicKey()).startsWith("ssh-");
        assertThat(plan.server().keyFingerprint()).isNotBlank();
        assertThat(plan.server().metadata()).containsEntry("role", "web").containsEntry("backup", "daily");
        assertThat(plan.server().tags()).containsExactlyInAnyOrder("production", "team-web");
        assertThat(plan.server().description()).isEqualTo("The front door");
        assertThat(plan.server().configDrive()).isTrue();
        assertThat(plan.server().bootVolume().id()).isEqualTo(A.id("volume/web-1-boot"));
        assertThat(plan.server().bootVolume().imageMetadata()).containsEntry("hw_firmware_type", "uefi");
    }

    @Test
    void letsStepsWaitForWhatTheyNeed() throws InterruptedException {
        Plan plan = cloud.plan(SimulatedCloud.web(A, IpStrategy.NEW_IPS));
        OrderOfSteps order = OrderOfSteps.of(plan);

        order.together(Action.VALIDATE, Action.CHECK_QUOTA);
        order.waits(Action.CREATE_VOLUME, Action.VALIDATE, Action.CHECK_QUOTA);
        order.waits(Action.CREATE_PORT, Action.VALIDATE, Action.CHECK_QUOTA);
        order.together(Action.CREATE_VOLUME, Action.CREATE_PORT);
        order.waits(Action.CREATE_SERVER, Action.CREATE_VOLUME, Action.CREATE_PORT);
        order.waits(Action.WAIT_ACTIVE, Action.CREATE_SERVER);
        order.waits(Action.FINALIZE, Action.WAIT_ACTIVE);
        order.last(Action.FINALIZE);
        assertThat(order.all(Action.DELETE_SERVER)).isEmpty();
    }

    @Test
    void countsStepsFromOneAndTellsWhichInterfaceAPortIsFor() throws InterruptedException {
        Plan plan = cloud.plan(SimulatedCloud.web(A, IpStrategy.NEW_IPS));
        OrderOfSteps order = OrderOfSteps.of(plan);

        assertThat(plan.steps())
                .extracting(PlanStep::stepOrder)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, plan.steps().size()).boxed().toList());
        assertThat(order.all(Action.CREATE_PORT)).extracting(PlanStep::nic).containsExactly(0, 1);
        assertThat(plan.steps())
                .filteredOn(step -> step.nic() != null)
                .extracting(PlanStep::action)
                .containsOnly(Action.CREATE_PORT);
        assertThat(order.step(Action.CREATE_VOLUME).timeoutSeconds()).isEqualTo(1200);
        assertThat(order.step(Action.WAIT_ACTIVE).timeoutSeconds()).isEqualTo(600);
    }

    @Test
    void listsWhatTheRestoreNeedsOfEachQuota() throws InterruptedException {
        Plan plan = cloud.plan(SimulatedCloud.web(A, IpStrategy.NEW_IPS));

        assertThat(plan.quota())
                .extracting(QuotaLine::resource, QuotaLine::needed)
                .contains(
                        tuple("instances", 1L),
                        tuple("cores", 1L),
                        tuple("ram", 512L),
                        tuple("volumes", 1L),
                        tuple("gigabytes", (long) plan.restorePoint().sizeGigabytes()),
                        tuple("ports", 2L));
        assertThat(plan.quota())
                .extracting(QuotaLine::resource)
                .contains("gigabytes_" + plan.server().bootVolume().volumeType());
        assertThat(plan.quota()).extracting(QuotaLine::verdict).containsOnly(QuotaVerdict.OK);
    }

    @Test
    void saysWhereTheCloudDoesNotTellAQuota() throws InterruptedException {
        cloud.simulator.faults().add("GET .*/os-quota-sets/", FaultRule.ALWAYS, new Fault.Answer(403, "no", null));

        Plan plan = cloud.plan(SimulatedCloud.web(A, IpStrategy.NEW_IPS));

        assertThat(plan.eligible()).isTrue();
        assertThat(plan.quota())
                .filteredOn(line -> line.verdict() == QuotaVerdict.UNKNOWN)
                .extracting(QuotaLine::resource)
                .contains("instances", "cores", "ram");
        assertThat(plan.warnings())
                .anySatisfy(warning -> assertThat(warning).startsWith("The cloud does not tell quota cores;"));
    }

    @Test
    void warnsOfEverythingThatIsNotPreserved() throws InterruptedException {
        Plan web = cloud.plan(SimulatedCloud.web(A, IpStrategy.NEW_IPS));
        Plan db = cloud.plan(SimulatedCloud.command(A, A.dbServerId(), A.id("snapshot/db-1-daily")));

        assertThat(web.warnings())
                .anySatisfy(warning ->
                        assertThat(warning).contains("cloud-init", "host keys", "the commands of user_data run again"))
                .anySatisfy(warning -> assertThat(warning).startsWith("UEFI variables (NVRAM)"))
                .anySatisfy(warning -> assertThat(warning).startsWith("The MAC address of interface 0"));
        assertThat(db.warnings())
                .contains("Data volumes stay with the original and are not restored: " + A.id("volume/db-1-data") + ".")
                .noneSatisfy(warning -> assertThat(warning).contains("user_data"));
    }

    @Test
    void warnsWhereTheKeyPairIsGone() throws InterruptedException {
        var keys = cloud.simulator.cloud().servers().keyPairs();
        cloud.simulator.cloud().run(() -> keys.delete(A.ownerId(), A.keyName()));

        Plan plan = cloud.plan(SimulatedCloud.web(A, IpStrategy.NEW_IPS));

        assertThat(plan.eligible()).isTrue();
        assertThat(plan.server().keyFingerprint()).isNull();
        assertThat(plan.warnings())
                .anySatisfy(warning ->
                        assertThat(warning).startsWith("Key pair \"tenant-a-key\" of the VM's owner is gone"));
    }

    @Test
    void plansTheSameAgain() throws InterruptedException {
        PlanRestore command = SimulatedCloud.web(A, IpStrategy.TRY_SAME_IPS);

        assertThat(cloud.plan(command)).isEqualTo(cloud.plan(command));
    }

    @Test
    void noticesThatTheVmHasChanged() throws InterruptedException {
        PlanRestore command = SimulatedCloud.web(A, IpStrategy.NEW_IPS);
        Plan before = cloud.plan(command);
        cloud.simulator.cloud().run(() -> cloud.simulator.cloud().ports().discard(A.id("port/web-1-1")));
        Plan after = cloud.plan(command);

        assertThat(after.fingerprint().restorePoint())
                .isEqualTo(before.fingerprint().restorePoint());
        assertThat(after.fingerprint().ports())
                .isNotEqualTo(before.fingerprint().ports());
        assertThat(after.fingerprint().networks())
                .isNotEqualTo(before.fingerprint().networks());
        assertThat(after.nics()).hasSize(1);
    }

    @Test
    void takesTheGivenName() throws InterruptedException {
        PlanRestore command = SimulatedCloud.command(
                A, A.appServerId(), A.id("snapshot/app-1-daily"), "app-from-monday", IpStrategy.NEW_IPS);

        Plan plan = cloud.plan(command);

        assertThat(plan.newName()).isEqualTo("app-from-monday");
        assertThat(plan.volumeName()).isEqualTo("restored-app-1-20261122-131415");
        assertThat(plan.userData()).isNull();
        assertThat(plan.nics()).hasSize(1);
    }

    @Test
    void twoPlansOfOneSecondAndAServerOfThatNameAreToldApart() throws InterruptedException {
        var planner = cloud.planner();
        PlanRestore first = SimulatedCloud.web(A, IpStrategy.NEW_IPS);
        PlanRestore second = new PlanRestore(
                UUID.randomUUID(),
                first.vmId(),
                first.projectId(),
                first.restorePointId(),
                first.mode(),
                null,
                first.ipStrategy(),
                first.requestedAt());

        assertThat(planner.plan(first).plan().newName()).isEqualTo("web-1-restored-20261122-131415");
        Plan other = planner.plan(second).plan();
        assertThat(other.newName()).isEqualTo("web-1-restored-20261122-131415-2");
        assertThat(other.volumeName()).isEqualTo("restored-web-1-20261122-131415-2");
        assertThat(planner.plan(first).plan().newName()).isEqualTo("web-1-restored-20261122-131415");

        cloud.rename(A.appServerId(), "web-1-restored-20261122-131415");
        assertThat(cloud.plan(second).newName()).isEqualTo("web-1-restored-20261122-131415-2");
    }

    @Test
    void aNameOf255CharactersOutsideTheBasicPlaneIsTaken() throws InterruptedException {
        String name = "😀".repeat(255);

        assertThat(cloud.plan(SimulatedCloud.command(
                                A, A.appServerId(), A.id("snapshot/app-1-daily"), name, IpStrategy.NEW_IPS))
                        .newName())
                .isEqualTo(name);
    }
}
