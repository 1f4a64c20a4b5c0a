package io.vmrestore.simulator.recording;

import io.vmrestore.simulator.cloud.compute.Disk;
import io.vmrestore.simulator.cloud.compute.Nic;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.compute.ServerSpec;
import io.vmrestore.simulator.cloud.compute.ServerState;
import io.vmrestore.simulator.cloud.compute.Task;
import io.vmrestore.simulator.cloud.compute.VmState;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.cloud.volume.VolumeState;
import io.vmrestore.simulator.cloud.volume.VolumeStatus;
import io.vmrestore.simulator.engine.ManualTime;
import io.vmrestore.simulator.faults.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cloud in which the recordings were made, with its ids, as far as they look at it. */
final class RecordedCloud extends RecordedSeeds {

    RecordedCloud() {
        super(new ManualTime(Instant.parse("2026-11-22T15:43:00Z")));
    }

    /** The server that the recordings restored, running. */
    void restored() {
        cloud.run(() -> {
            port(
                    RecordedIds.RESTORED_PORT_1,
                    RecordedIds.SERVICE_ON_A,
                    RecordedIds.NET_A1,
                    "fa:16:3e:37:05:fc",
                    DEFAULT_A,
                    RecordedIds.RESTORED_SERVER,
                    191);
            port(
                    RecordedIds.RESTORED_PORT_2,
                    RecordedIds.SERVICE_ON_A,
                    RecordedIds.NET_A2,
                    "fa:16:3e:33:b7:16",
                    DEFAULT_A,
                    RecordedIds.RESTORED_SERVER,
                    233);
            volume(
                    RecordedIds.RESTORED_VOLUME,
                    RecordedIds.SERVICE_ON_A,
                    "rec-boot",
                    1,
                    true,
                    RecordedIds.SNAPSHOT_VM1,
                    RecordedIds.RESTORED_SERVER,
                    "/dev/sda");
            server(
                    RecordedIds.RESTORED_SERVER,
                    RecordedIds.SERVICE_ON_A,
                    "rec-restored",
                    "11",
                    null,
                    List.of(RecordedIds.RESTORED_VOLUME),
                    List.of(RecordedIds.RESTORED_PORT_1, RecordedIds.RESTORED_PORT_2));
        });
    }

    /** What the recordings restored from, before the server was made. */
    void unrestored() {
        cloud.run(() -> {
            freePort(RecordedIds.RESTORED_PORT_1, "fa:16:3e:37:05:fc", 191);
            port(
                    RecordedIds.RESTORED_PORT_2,
                    RecordedIds.SERVICE_ON_A,
                    RecordedIds.NET_A2,
                    "fa:16:3e:33:b7:16",
                    DEFAULT_A,
                    "",
                    233);
            bootVolume(RecordedIds.RESTORED_VOLUME, "rec-boot");
            cloud.servers().keyPairs().add(RecordedIds.SERVICE_USER, "seed-a-key", KEY);
        });
    }

    /** The volume and port that the recordings of failures use, free. */
    void spares() {
        cloud.run(() -> {
            bootVolume(RecordedIds.OTHER_VOLUME, "rec-other");
            bootVolume("d1396e2b-2038-4a23-b00f-f9b9b5c38c89", "rec-k");
            volume(
                    "20748b31-8f80-44e6-915e-f49f9a8d6d54",
                    RecordedIds.SERVICE_ON_A,
                    "rec-blank",
                    1,
                    false,
                    null,
                    null,
                    "");
            freePort(RecordedIds.SPARE_PORT, "fa:16:3e:5e:a4:23", 154);
            freePort(RecordedIds.CANCEL_PORT, "fa:16:3e:e6:e4:ca", 238);
        });
    }

    /** The volume, with or without a snapshot, and the port of Cinder's and Neutron's recordings. */
    void recorded(boolean withSnapshot) {
        cloud.run(() -> {
            bootVolume(RecordedIds.RECORDED_VOLUME, "rec-vol");
            Caller owner = cloud.callerFor(RecordedIds.SERVICE_ON_A);
            cloud.volumes().rename(owner, RecordedIds.RECORDED_VOLUME, null, "restored", Map.of("job", "43"));
            Volume volume = cloud.volumes().visible(owner, RecordedIds.RECORDED_VOLUME);
            if (withSnapshot) {
                cloud.volumes()
                        .snapshots()
                        .add(RecordedIds.RECORDED_SNAPSHOT, volume, "rec-snap", Map.of(), time.now());
            }
            freePort(RecordedIds.RECORDED_PORT, "fa:16:3e:7d:5f:ee", 60);
        });
    }

    /** A volume that was just accepted, scheduled or not. */
    void creating(String id, @Nullable String host) {
        become(id, new VolumeState(VolumeStatus.CREATING, true, host, null, List.of()));
    }

    /** A volume that failed, with the reason among the messages. */
    void doomed(String id) {
        cloud.faults().once("^rec-doomed$", new Fault.VolumeFails(null));
        become(id, new VolumeState(VolumeStatus.CREATING, true, null, null, List.of()));
        cloud.resume();
        time.advance(Duration.ofSeconds(2));
    }

    /** A server that failed, as its recordings found it. */
    void failed(String id, Fault.Stage stage) {
        building(id, stage == Fault.Stage.SCHEDULING ? "18" : "11");
        cloud.faults().once("^rec-failed$", new Fault.ServerFails(stage, null));
        cloud.resume();
        time.advance(Duration.ofSeconds(5));
    }

    /** A server that was just accepted. */
    void building(String id) {
        building(id, "11");
    }

    void building(String id, String flavor) {
        boolean rich = id.equals(RecordedIds.RESTORED_SERVER);
        cloud.run(() -> {
            Disk disk = new Disk(
                    "405bbf9a-75bc-4938-aef6-ff9522cfd40b",
                    Disk.Source.VOLUME,
                    RecordedIds.OTHER_VOLUME,
                    RecordedIds.OTHER_VOLUME,
                    null,
                    true,
                    false,
                    null,
                    null);
            ServerState state = new ServerState(
                    VmState.BUILDING,
                    Task.SCHEDULING,
                    null,
                    List.of(disk),
                    List.of(Nic.ofPort(RecordedIds.SPARE_PORT)),
                    null,
                    null,
                    null,
                    null,
                    null,
                    false,
                    true);
            ServerSpec spec = new ServerSpec(
                    "rec-failed",
                    null,
                    cloud.servers().flavors().find(flavor).orElseThrow(),
                    null,
                    rich ? "seed-a-key" : null,
                    rich ? "I2Nsb3VkLWNvbmZpZwo=" : null,
                    false,
                    rich ? Map.of("restored", "yes") : Map.of(),
                    List.of(),
                    null,
                    List.of(),
                    "r-x",
                    9);
            cloud.servers().add(new Server(id, RecordedIds.SERVICE_ON_A, spec, state, time.now(), time.now()));
            cloud.volumes()
                    .life()
                    .reserve(cloud.volumes().find(RecordedIds.OTHER_VOLUME).orElseThrow(), id);
        });
    }

    /** Lets the restored server be deleted. */
    void deleteRestored() {
        cloud.run(() -> cloud.servers().delete(cloud.callerFor(RecordedIds.SERVICE_ON_A), RecordedIds.RESTORED_SERVER));
    }

    private void become(String id, VolumeState state) {
        cloud.run(() -> {
            bootVolume(id, "rec-doomed");
            Caller owner = cloud.callerFor(RecordedIds.SERVICE_ON_A);
            Volume done = cloud.volumes().rename(owner, id, null, "restored", Map.of("job", "43"));
            cloud.volumes().add(new Volume(id, done.owner(), done.spec(), state, time.now(), null));
        });
    }
}
