package io.vmrestore.planner.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.contract.BootMode;
import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.volume.VolumeStatus;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.support.api.Reference;
import io.vmrestore.support.api.RestorePointList;
import io.vmrestore.support.api.RestorePointSummary;
import io.vmrestore.support.api.SnapshotSummary;
import io.vmrestore.support.api.VmAddresses;
import io.vmrestore.support.api.VmSummary;
import io.vmrestore.survey.Origin;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Which VMs, restore points, and snapshots the inventory lists, and why one cannot be restored. */
class VmsAndRestorePointsTest extends InventoryFixture {
    private static final Tenant A = Tenant.A;
    private static final String REQUEST_ID = "req-0f1c9d2e-7a4b-4c1e-9f6e-2d3b4a5c6d7e";

    @Test
    void listsTheVmsOfAProjectByName() throws InterruptedException {
        var list = inventory.vms(A.projectId(), InventoryFixture.ALL, REQUEST_ID);

        assertThat(list.project()).isEqualTo(new Reference(A.projectId(), "tenant-a"));
        assertThat(list.vms())
                .extracting(
                        VmSummary::name,
                        VmSummary::status,
                        VmSummary::bootMode,
                        VmSummary::restorable,
                        VmSummary::reason)
                .containsExactly(
                        tuple("app-1", "ACTIVE", BootMode.VOLUME, true, null),
                        tuple("db-1", "ACTIVE", BootMode.VOLUME, true, null),
                        tuple(
                                "stateless-1",
                                "ACTIVE",
                                BootMode.IMAGE,
                                false,
                                "It boots from an image: it has no boot volume whose snapshot could be restored"),
                        tuple("web-1", "ACTIVE", BootMode.VOLUME, true, null));
        VmSummary web = list.vms().getLast();
        assertThat(web.id()).isEqualTo(A.webServerId());
        assertThat(web.bootVolumeId()).isEqualTo(A.id("volume/web-1-boot"));
        assertThat(web.flavor()).isEqualTo("sim.small");
        assertThat(web.restorePoints()).isEqualTo(3);
        assertThat(web.newestRestorePointAt())
                .isEqualTo(simulator.snapshots().stream()
                        .filter(snapshot -> snapshot.name().equals("web-1-daily"))
                        .filter(snapshot -> snapshot.projectId().equals(A.projectId()))
                        .findFirst()
                        .orElseThrow()
                        .createdAt()
                        .truncatedTo(ChronoUnit.SECONDS));
        assertThat(web.addresses()).hasSize(2);
        assertThat(web.addresses().getFirst().fixedIps()).hasSize(2).contains("10.10.0.10");
        assertThat(web.addresses().getFirst()).extracting(VmAddresses::network).isEqualTo("tenant-a-front");
        assertThat(web.replaceNotes()).isEmpty();
        VmSummary db = list.vms().get(1);
        assertThat(db.restorePoints()).as("without the one of its data volume").isEqualTo(2);
    }

    @Test
    void saysWhatStandsAgainstAVm() throws InterruptedException {
        change((sim, owner) -> {
            sim.volumes().snapshots().reset(owner, A.id("snapshot/app-1-daily"), VolumeStatus.ERROR);
            sim.volumes().snapshots().reset(owner, A.id("snapshot/app-1-weekly"), VolumeStatus.CREATING);
            sim.volumes().snapshots().delete(owner, A.id("snapshot/db-1-daily"));
            sim.volumes().snapshots().delete(owner, A.id("snapshot/db-1-weekly"));
            sim.servers().lock(owner, A.webServerId(), null);
        });
        await().atMost(Duration.ofSeconds(10))
                .until(() -> simulator.snapshots().stream()
                        .noneMatch(snapshot -> snapshot.id().equals(A.id("snapshot/db-1-daily"))
                                || snapshot.id().equals(A.id("snapshot/db-1-weekly"))));

        var vms = inventory.vms(A.projectId(), InventoryFixture.ALL, REQUEST_ID).vms();

        assertThat(vms.get(0).reason())
                .isEqualTo("None of its restore points is available; the newest, " + A.id("snapshot/app-1-daily")
                        + ", is error");
        assertThat(vms.get(0).restorePoints()).isEqualTo(2);
        assertThat(vms.get(0).usableRestorePoints()).isZero();
        assertThat(vms.get(0).newestUsableRestorePointAt()).isNull();
        assertThat(vms.get(1).reason())
                .isEqualTo("There is no snapshot of its boot volume " + A.id("volume/db-1-boot")
                        + ", nor of one that it was restored from");
        assertThat(vms.get(1).newestRestorePointAt()).isNull();
        assertThat(vms.get(3).restorable())
                .as("a lock stands against REPLACE alone")
                .isTrue();
        assertThat(vms.get(3).replaceNotes())
                .singleElement()
                .asString()
                .startsWith("VM " + A.webServerId() + " is locked, so it cannot be deleted; unlock it first");
    }

    @Test
    void countsRestorePointsThatCanBeUsedApartFromTheOthers() throws InterruptedException {
        change((sim, owner) ->
                sim.volumes().snapshots().reset(owner, A.id("snapshot/app-1-daily"), VolumeStatus.ERROR));

        VmSummary app = inventory
                .vms(A.projectId(), InventoryFixture.ALL, REQUEST_ID)
                .vms()
                .getFirst();
        List<RestorePointSummary> points = inventory
                .restorePoints(A.projectId(), A.appServerId(), InventoryFixture.ALL, REQUEST_ID)
                .restorePoints();

        assertThat(app.restorePoints()).isEqualTo(2);
        assertThat(app.newestRestorePointAt()).isEqualTo(points.getFirst().createdAt());
        assertThat(app.usableRestorePoints()).isEqualTo(1);
        assertThat(app.newestUsableRestorePointAt())
                .isEqualTo(points.getLast().createdAt())
                .isBefore(app.newestRestorePointAt());
    }

    @Test
    void listsRestorePointsOfTheBootVolumeAndOfThoseBeforeNewestFirst() throws InterruptedException {
        change((sim, owner) -> {
            sim.volumes()
                    .setMetadata(owner, A.id("volume/app-1-boot"), Map.of(Origin.VOLUME, A.id("volume/db-1-boot")));
            sim.volumes().snapshots().reset(owner, A.id("snapshot/db-1-daily"), VolumeStatus.ERROR);
        });

        RestorePointList list =
                inventory.restorePoints(A.projectId(), A.appServerId(), InventoryFixture.ALL, REQUEST_ID);

        assertThat(list.vm()).isEqualTo(new Reference(A.appServerId(), "app-1"));
        assertThat(list.restorable()).isTrue();
        assertThat(list.restorePoints())
                .isSortedAccordingTo(
                        Comparator.comparing(RestorePointSummary::createdAt).reversed());
        assertThat(list.restorePoints())
                .extracting(
                        RestorePointSummary::name,
                        RestorePointSummary::volumeId,
                        RestorePointSummary::ofPresentBootVolume,
                        RestorePointSummary::restorable,
                        RestorePointSummary::reason)
                .containsExactlyInAnyOrder(
                        tuple("app-1-daily", A.id("volume/app-1-boot"), true, true, null),
                        tuple("app-1-weekly", A.id("volume/app-1-boot"), true, true, null),
                        tuple(
                                "db-1-daily",
                                A.id("volume/db-1-boot"),
                                false,
                                false,
                                "It is error; only an available snapshot can be restored"),
                        tuple("db-1-weekly", A.id("volume/db-1-boot"), false, true, null));
        assertThat(list.restorePoints())
                .allSatisfy(point -> assertThat(point.sizeGigabytes()).isPositive());
    }

    @Test
    void aVmThatBootsFromAnImageHasNoRestorePointsAndTheReason() throws InterruptedException {
        RestorePointList list =
                inventory.restorePoints(A.projectId(), A.statelessServerId(), InventoryFixture.ALL, REQUEST_ID);

        assertThat(list.restorePoints()).isEmpty();
        assertThat(list.restorable()).isFalse();
        assertThat(list.reason()).startsWith("It boots from an image");
    }

    @Test
    void listsSnapshotsThatAVmCanBeRestoredToWithVolumeAndVm() throws InterruptedException {
        change((sim, owner) -> sim.volumes()
                .setMetadata(owner, A.id("volume/app-1-boot"), Map.of(Origin.VOLUME, A.id("volume/db-1-boot"))));

        var list = inventory.snapshots("tenant-a", InventoryFixture.ALL, REQUEST_ID);

        assertThat(list.project().id()).isEqualTo(A.projectId());
        assertThat(list.snapshots())
                .extracting(SnapshotSummary::name)
                .as("not the one of a data volume")
                .containsExactlyInAnyOrder(
                        "web-1-monthly",
                        "web-1-weekly",
                        "web-1-daily",
                        "app-1-weekly",
                        "app-1-daily",
                        "db-1-weekly",
                        "db-1-daily");
        assertThat(list.snapshots())
                .isSortedAccordingTo(
                        Comparator.comparing(SnapshotSummary::createdAt).reversed());
        assertThat(list.snapshots())
                .filteredOn(snapshot -> snapshot.name().equals("db-1-weekly"))
                .singleElement()
                .satisfies(snapshot -> {
                    assertThat(snapshot.volume().id()).isEqualTo(A.id("volume/db-1-boot"));
                    assertThat(snapshot.vm()).isEqualTo(new Reference(A.dbServerId(), "db-1"));
                    assertThat(snapshot.otherVms()).containsExactly(new Reference(A.appServerId(), "app-1"));
                    assertThat(snapshot.restorable()).isTrue();
                });
    }

    @Test
    void oneSnapshotThatCannotBeReadHidesNoOther() throws InterruptedException {
        simulator.faults().always(A.id("snapshot/app-1-daily"), new Fault.OddField("snapshot", "created_at", null));

        RestorePointList list =
                inventory.restorePoints(A.projectId(), A.appServerId(), InventoryFixture.ALL, REQUEST_ID);

        assertThat(list.restorable()).isTrue();
        assertThat(list.restorePoints()).extracting(RestorePointSummary::name).containsExactly("app-1-weekly");
        assertThat(list.unreadable()).singleElement().satisfies(odd -> {
            assertThat(odd.id()).isEqualTo(A.id("snapshot/app-1-daily"));
            assertThat(odd.reason()).startsWith("The cloud does not tell when it was taken");
        });
        assertThat(inventory
                        .vms(A.projectId(), InventoryFixture.ALL, REQUEST_ID)
                        .vms())
                .hasSize(4);
        assertThat(inventory
                        .snapshots("tenant-a", InventoryFixture.ALL, REQUEST_ID)
                        .snapshots())
                .isNotEmpty();
    }

    @Test
    void anImageBootedVmHasAnEmptyListWithTheReason() throws InterruptedException {
        RestorePointList list =
                inventory.restorePoints(A.projectId(), A.statelessServerId(), InventoryFixture.ALL, REQUEST_ID);

        assertThat(list.restorePoints()).isEmpty();
        assertThat(list.reason())
                .isEqualTo("It boots from an image: it has no boot volume whose snapshot could be restored");
    }

    private void change(BiConsumer<Cloud, Caller> change) {
        Cloud sim = simulator.cloud();
        sim.run(() -> change.accept(sim, sim.callerFor(new Owner(A.projectId(), A.ownerId()))));
    }
}
