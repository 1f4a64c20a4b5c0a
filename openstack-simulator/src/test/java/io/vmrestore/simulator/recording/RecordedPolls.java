package io.vmrestore.simulator.recording;

import io.vmrestore.simulator.cloud.volume.VolumeLife;
import io.vmrestore.simulator.faults.Fault;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The recorded polls that are replayed, with what has to happen before them. */
final class RecordedPolls {
    /** Where a poll may differ: the recorded guest's history is not the simulated one's. */
    static final Set<String> ACCEPTED = Set.of(
            // Ports are bound a little earlier here, and Nova reads the groups from the ports.
            "$.server.security_groups: not in the recording",
            "$.server.security_groups: missing",
            // A poll may or may not catch the moment between the scheduler's choice and the host's claim.
            "$.server.OS-EXT-SRV-ATTR:host: expected null but was string",
            "$.server.OS-EXT-SRV-ATTR:hypervisor_hostname: expected null but was string");

    static final Map<String, Consumer<RecordedCloud>> SUPPORTED = new TreeMap<>();

    static {
        SUPPORTED.put("cinder/074", cloud -> cloud.creating(RecordedIds.RECORDED_VOLUME, VolumeLife.BACKEND));
        SUPPORTED.put("cinder/092", cloud -> {
            cloud.recorded(true);
            cloud.cloud.run(() -> cloud.cloud
                    .volumes()
                    .snapshots()
                    .delete(cloud.cloud.callerFor(RecordedIds.SERVICE_ON_A), RecordedIds.RECORDED_SNAPSHOT));
        });
        SUPPORTED.put("cinder/125", cloud -> {
            cloud.recorded(false);
            cloud.cloud.run(() -> cloud.cloud
                    .volumes()
                    .delete(cloud.cloud.callerFor(RecordedIds.SERVICE_ON_A), RecordedIds.RECORDED_VOLUME));
        });
        building("nova/067", RecordedIds.RESTORED_SERVER, "11");
        building("nova/108", "33ce25ec-c7b5-4b2e-a985-810a803837a7", "18");
        failing("nova/119", "1ff912f4-7819-45ec-ad23-f275ac29e7af", Fault.Stage.SPAWN);
        failing("nova/130", "5fcd5111-0036-4cf7-8f00-257f3c13bfd6", Fault.Stage.ABORT);
        failing("nova/141", "852e8567-fa24-4822-9c61-eee9e8cfc9c9", Fault.Stage.ATTACH);
        SUPPORTED.put("nova/159", cloud -> {
            cloud.spares();
            cloud.building("0ac836eb-3443-4cda-aefe-80d6d4ea7f6c");
        });
        SUPPORTED.put("nova/190", cloud -> {
            cloud.restored();
            cloud.deleteRestored();
        });
    }

    private RecordedPolls() {}

    private static void building(String key, String server, String flavor) {
        SUPPORTED.put(key, cloud -> {
            cloud.spares();
            cloud.building(server, flavor);
        });
    }

    private static void failing(String key, String server, Fault.Stage stage) {
        SUPPORTED.put(key, cloud -> {
            cloud.spares();
            cloud.cloud.faults().once("^rec-failed$", new Fault.ServerFails(stage, null));
            cloud.building(server, "11");
        });
    }
}
