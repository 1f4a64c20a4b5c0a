package io.vmrestore.simulator.recording;

import io.vmrestore.simulator.cloud.network.PortRequest;
import io.vmrestore.simulator.cloud.volume.VolumeLife;
import io.vmrestore.simulator.cloud.volume.VolumeStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What the recordings need to find. */
final class RecordedCases {
    private static final String HASTY_VOLUME = "e0c22fd3-3c4d-4f3d-baba-135bdf6c48b1";
    private static final String DOOMED_VOLUME = "239aab45-aec2-4931-80a9-16c02d349d82";
    private static final String NOWHERE_VOLUME = "6d309122-e1da-4844-892f-3ab798677c94";
    private static final String HELD_SERVER = "e0735af5-13d7-483b-9260-365928c43b1b";
    private static final String HELD_PORT = "1a239679-4a26-415a-9d33-a044a41543b7";

    private RecordedCases() {}

    /** Makes the cloud what it was when the exchange was recorded. */
    static Consumer<RecordedCloud> arrangementFor(String key) {
        return switch (key.substring(0, key.indexOf('/'))) {
            case "cinder" -> cinder(key);
            case "keystone" -> keystone(key);
            case "neutron" -> neutron(key);
            case "nova" -> RecordedServerCases.arrangementFor(key);
            default -> cloud -> {};
        };
    }

    private static Consumer<RecordedCloud> keystone(String key) {
        return switch (key) {
            case "keystone/040", "keystone/041", "keystone/045", "keystone/046", "keystone/047" ->
                RecordedCases::grantOnB;
            case "keystone/052" ->
                cloud -> cloud.cloud.run(() -> cloud.cloud
                        .identity()
                        .replace(cloud.cloud
                                .identity()
                                .project(RecordedIds.TENANT_B)
                                .withEnabled(false)));
            case "keystone/054" ->
                cloud -> cloud.cloud.run(() -> cloud.cloud
                        .identity()
                        .replace(cloud.cloud.identity().user(RecordedIds.USER_B).withEnabled(false)));
            default -> cloud -> {};
        };
    }

    private static Consumer<RecordedCloud> cinder(String key) {
        return switch (key) {
            case "cinder/064", "cinder/065", "cinder/066", "cinder/067" ->
                cloud -> cloud.cloud.run(
                        () -> cloud.cloud.volumes().types().remove("52783a35-8f92-4eb7-a920-5e0a2ab5da30"));
            case "cinder/060" ->
                cloud -> cloud.cloud.run(
                        () -> cloud.cloud.volumes().types().remove("52783a35-8f92-4eb7-a920-5e0a2ab5da30"));
            case "cinder/070" -> cloud -> cloud.creating(HASTY_VOLUME, null);
            case "cinder/073" -> cloud -> cloud.creating(RecordedIds.RECORDED_VOLUME, VolumeLife.BACKEND);
            case "cinder/087",
                    "cinder/109",
                    "cinder/110",
                    "cinder/111",
                    "cinder/112",
                    "cinder/113",
                    "cinder/114",
                    "cinder/115",
                    "cinder/123" -> cloud -> cloud.recorded(false);
            case "cinder/088", "cinder/090", "cinder/091" -> cloud -> cloud.recorded(true);
            case "cinder/089" -> RecordedCases::snapshotInError;
            case "cinder/102", "cinder/103", "cinder/104" -> cloud -> cloud.doomed(DOOMED_VOLUME);
            case "cinder/107" -> cloud -> cloud.doomed(NOWHERE_VOLUME);
            case "cinder/124" ->
                cloud -> {
                    cloud.recorded(false);
                    cloud.cloud.run(() -> cloud.cloud
                            .volumes()
                            .delete(cloud.cloud.callerFor(RecordedIds.SERVICE_ON_A), RecordedIds.RECORDED_VOLUME));
                };
            case "cinder/127" -> RecordedQuotas.volumeQuota("volumes", 4, 3, 0);
            case "cinder/128" -> RecordedQuotas.volumeQuota("gigabytes", 11, 0, 9);
            case "cinder/129" -> RecordedQuotas.volumeQuota("snapshots", 5, 0, 0);
            case "cinder/130" -> RecordedQuotas.volumeQuota("per_volume_gigabytes", 1, 0, 0);
            case "cinder/132" -> RecordedQuotas.volumeQuota("gigabytes___DEFAULT__", 11, 0, 9);
            default -> cloud -> {};
        };
    }

    private static Consumer<RecordedCloud> neutron(String key) {
        return switch (key) {
            case "neutron/036" ->
                cloud -> cloud.port(
                        HELD_PORT,
                        RecordedIds.SERVICE_ON_A,
                        RecordedIds.NET_A1,
                        "fa:16:3e:aa:bb:01",
                        RecordedSeeds.DEFAULT_A,
                        "",
                        63);
            case "neutron/070", "neutron/071" -> RecordedQuotas::exhaustTinyNetwork;
            case "neutron/092" ->
                cloud -> cloud.cloud.run(
                        () -> cloud.cloud.ports().quotas().change(RecordedIds.TENANT_A, Map.of("port", 5)));
            case "neutron/093", "neutron/094", "neutron/095" -> RecordedCases::heldPort;
            case "neutron/096" ->
                cloud -> {
                    heldPort(cloud);
                    cloud.cloud.run(() -> cloud.cloud.ports().discard(HELD_PORT));
                };
            case "neutron/038",
                    "neutron/039",
                    "neutron/073",
                    "neutron/074",
                    "neutron/077",
                    "neutron/079",
                    "neutron/080",
                    "neutron/088",
                    "neutron/089",
                    "neutron/090" -> cloud -> cloud.recorded(false);
            case "neutron/078", "neutron/081", "neutron/083", "neutron/086" ->
                cloud -> {
                    cloud.recorded(false);
                    cloud.cloud.run(() -> tagRecordedPort(cloud));
                };
            default -> cloud -> {};
        };
    }

    private static void grantOnB(RecordedCloud cloud) {
        cloud.cloud.run(() ->
                cloud.cloud.identity().grant(RecordedIds.TENANT_B, RecordedIds.SERVICE_USER, RecordedIds.ADMIN_ROLE));
    }

    private static void snapshotInError(RecordedCloud cloud) {
        cloud.recorded(true);
        cloud.cloud.run(() -> cloud.cloud
                .volumes()
                .snapshots()
                .reset(
                        cloud.cloud.callerFor(RecordedIds.SERVICE_ON_A),
                        RecordedIds.RECORDED_SNAPSHOT,
                        VolumeStatus.ERROR));
    }

    private static void heldPort(RecordedCloud cloud) {
        cloud.cloud.run(() -> {
            cloud.port(
                    HELD_PORT,
                    RecordedIds.SERVICE_ON_A,
                    RecordedIds.NET_A1,
                    "fa:16:3e:60:6d:f3",
                    RecordedSeeds.DEFAULT_A,
                    HELD_SERVER,
                    211);
            cloud.volume(
                    "0b2ce0a8-116d-440c-8fd4-b68ded147823",
                    RecordedIds.SERVICE_ON_A,
                    "rec-held",
                    1,
                    true,
                    null,
                    HELD_SERVER,
                    "/dev/sda");
            cloud.server(
                    HELD_SERVER,
                    RecordedIds.SERVICE_ON_A,
                    "rec-held",
                    "11",
                    null,
                    List.of("0b2ce0a8-116d-440c-8fd4-b68ded147823"),
                    List.of(HELD_PORT));
        });
    }

    private static void tagRecordedPort(RecordedCloud cloud) {
        var owner = cloud.cloud.callerFor(RecordedIds.SERVICE_ON_A);
        cloud.cloud.ports().tag(owner, RecordedIds.RECORDED_PORT, Set.of("restore-42", "job"));
        cloud.cloud
                .ports()
                .update(
                        owner,
                        RecordedIds.RECORDED_PORT,
                        PortRequest.on(RecordedIds.NET_A1).withSecurityGroups(List.of()),
                        null);
    }
}
