package io.vmrestore.planner.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.AttachedVolume;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.QuotaVerdict;
import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.survey.Replaceability;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plans on clouds that do not tell what matters: a second source tells it, or the plan says so and destroys nothing.
 */
class UntoldPlanTest {
    private static final Tenant A = Tenant.A;
    private static final String DATA = A.id("volume/db-1-data");

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
    void anOlderNovaTellsAtTheServerThatADataVolumeWouldGoWithIt() throws InterruptedException {
        olderNova("2.72");
        attachDataVolumeToGoWithTheVm();

        Plan plan = replace();

        assertThat(plan.eligible()).isFalse();
        assertThat(plan.reasons()).containsExactly(Replaceability.dataVolumeInDanger(A.dbServerId(), DATA));
        assertThat(plan.server().attachments())
                .filteredOn(volume -> volume.volumeId().equals(DATA))
                .allMatch(AttachedVolume::goesWithVm);
    }

    @Test
    void anOlderNovaTellsAtTheServerThatDataVolumesStay() throws InterruptedException {
        olderNova("2.72");

        Plan plan = replace();

        assertThat(plan.eligible()).as("%s", plan.reasons()).isTrue();
        assertThat(plan.server().attachments()).hasSize(2).noneMatch(AttachedVolume::deleteOnTermination);
    }

    @Test
    void whatNoSourceTellsOfADataVolumeStandsAgainstReplacing() throws InterruptedException {
        deletionUntold(DATA);

        Plan plan = replace();

        assertThat(plan.eligible()).isFalse();
        assertThat(plan.reasons()).containsExactly(Replaceability.dataVolumeUnclear(A.dbServerId(), DATA));
        assertThat(plan.server().attachments())
                .filteredOn(volume -> volume.volumeId().equals(DATA))
                .singleElement()
                .matches(AttachedVolume::unclear)
                .matches(AttachedVolume::deleteOnTermination);
    }

    @Test
    void whatIsNotToldOfTheBootVolumeIsSaid() throws InterruptedException {
        deletionUntold(A.id("volume/db-1-boot"));

        Plan plan = replace();

        assertThat(plan.eligible()).as("%s", plan.reasons()).isTrue();
        assertThat(plan.warnings())
                .contains("The cloud does not tell whether the old boot volume " + A.id("volume/db-1-boot")
                        + " is deleted together with the VM.");
    }

    @Test
    void theHostsServiceTellsWhatTheServerDoesNot() throws InterruptedException {
        hostUntold();
        assertThat(replace().eligible()).isTrue();

        cloud.simulator.faults().always("^simulator-compute$", new Fault.HostDown("DOWN"));
        assertThat(replace().reasons()).containsExactly(Replaceability.hostAway(A.dbServerId(), "DOWN"));
    }

    @Test
    void aHostOfWhichNothingIsToldStandsAgainstReplacing() throws InterruptedException {
        hostUntold();
        cloud.simulator.faults().always("GET .*/os-services", new Fault.Answer(403, "not for you", null));

        assertThat(replace().reasons()).containsExactly(Replaceability.hostAway(A.dbServerId(), null));
    }

    @Test
    void theListOfGroupsTellsWhatAnOlderNovaDoesNotTellOfTheServer() throws InterruptedException {
        olderNova("2.70");

        Plan plan = cloud.plan(command(RestoreMode.NEW, A.webServerId(), "web-1-daily"));

        assertThat(plan.server().serverGroupId()).isEqualTo(A.serverGroupId());
    }

    @Test
    void aServerGroupThatNobodyTellsIsNotLostSilently() throws InterruptedException {
        olderNova("2.70");
        cloud.simulator.faults().always("GET .*/os-server-groups", new Fault.Answer(404, "no such thing", null));

        Plan plan = replace();

        assertThat(plan.eligible()).as("%s", plan.reasons()).isTrue();
        assertThat(plan.warnings())
                .contains("The cloud does not tell whether the VM is in a server group; the restored VM will be in"
                        + " none.");
    }

    @Test
    void aCloudWithoutRoutersHasNoFloatingIps() throws InterruptedException {
        cloud.simulator.faults().always("^router$", new Fault.ExtensionMissing(null));

        Plan plan = replace();

        assertThat(plan.eligible()).as("%s", plan.reasons()).isTrue();
        assertThat(plan.warnings()).noneMatch(warning -> warning.contains("whether floating IPs lead"));
    }

    @Test
    void floatingIpsThatAreNotToldAreNotLostSilently() throws InterruptedException {
        cloud.simulator.faults().always("GET .*/floatingips", new Fault.StrayNotFound(null));

        Plan plan = replace();

        assertThat(plan.eligible()).as("%s", plan.reasons()).isTrue();
        assertThat(plan.warnings())
                .anyMatch(warning ->
                        warning.startsWith("The cloud does not tell whether floating IPs lead to interface 0"));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 405, 500, 501})
    void quotasThatAreNotToldAreUnknown(int status) throws InterruptedException {
        cloud.simulator.faults().always("GET .*quota", new Fault.Answer(status, "no", null));

        Plan plan = replace();

        assertThat(plan.eligible()).as("%s", plan.reasons()).isTrue();
        assertThat(plan.quota()).isNotEmpty().allMatch(line -> line.verdict() == QuotaVerdict.UNKNOWN);
    }

    private void olderNova(String newest) {
        cloud.simulator.faults().always(" /compute", new Fault.HighestMicroversion(newest));
    }

    /** Neither the attachment nor the server tells of this volume whether it goes with the VM. */
    private void deletionUntold(String volumeId) {
        cloud.simulator
                .faults()
                .always(volumeId, new Fault.OddField("volumeAttachment", "delete_on_termination", null));
        cloud.simulator
                .faults()
                .always(A.dbServerId(), new Fault.FieldMissing("server", "os-extended-volumes:volumes_attached"));
    }

    private void hostUntold() {
        cloud.simulator.faults().always(A.dbServerId(), new Fault.FieldMissing("server", "host_status"));
    }

    private void attachDataVolumeToGoWithTheVm() {
        var sample = cloud.simulator.cloud();
        var owner = sample.execute(() -> sample.callerFor(new Owner(A.projectId(), A.ownerId())));
        sample.run(() -> sample.servers().detach(owner, A.dbServerId(), DATA));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> cloud.simulator.volumes().stream()
                        .anyMatch(volume -> volume.id().equals(DATA)
                                && volume.state().status().toString().equalsIgnoreCase("available")));
        sample.run(() -> sample.servers().attach(owner, A.dbServerId(), DATA, true));
    }

    private Plan replace() throws InterruptedException {
        return cloud.plan(command(RestoreMode.REPLACE, A.dbServerId(), "db-1-daily"));
    }

    private static PlanRestore command(RestoreMode mode, String vmId, String snapshot) {
        PlanRestore beside = SimulatedCloud.command(A, vmId, A.id("snapshot/" + snapshot));
        return new PlanRestore(
                beside.jobId(),
                vmId,
                beside.projectId(),
                beside.restorePointId(),
                mode,
                null,
                beside.ipStrategy(),
                beside.requestedAt());
    }
}
