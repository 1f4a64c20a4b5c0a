package io.vmrestore.simulator.recording;

import io.vmrestore.simulator.cloud.compute.Flavor;
import io.vmrestore.simulator.cloud.network.PortRequest;
import io.vmrestore.simulator.cloud.volume.VolumeLife;
import io.vmrestore.simulator.cloud.volume.VolumeStatus;
import io.vmrestore.simulator.faults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What the recordings need to find. */
final class RecordedCases {
    private static final String HASTY_VOLUME = "e0c22fd3-3c4d-4f3d-baba-135bdf6c48b1";
    private static final String DOOMED_VOLUME = "239aab45-aec2-4931-80a9-16c02d349d82";
    private static final String NOWHERE_VOLUME = "6d309122-e1da-4844-892f-3ab798677c94";
    private static final String DATA_VOLUME = "caac444b-55f6-4339-8fb9-e0061ee778c3";
    private static final String HELD_SERVER = "e0735af5-13d7-483b-9260-365928c43b1b";
    private static final String HELD_PORT = "1a239679-4a26-415a-9d33-a044a41543b7";
    private static final String FLAVORLESS_SERVER = "0cc57726-8ffd-4f86-82bd-6f5c494f9289";
    private static final Duration LONG = Duration.ofSeconds(10);

    private RecordedCases() {}

    /** Makes the cloud what it was when the exchange was recorded. */
    static Consumer<RecordedCloud> arrangementFor(String key) {
        return switch (key.substring(0, key.indexOf('/'))) {
            case "cinder" -> cinder(key);
            case "keystone" -> keystone(key);
            case "neutron" -> neutron(key);
            case "nova" -> nova(key);
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

    private static Consumer<RecordedCloud> nova(String key) {
        Consumer<RecordedCloud> usual = cloud -> {
            cloud.restored();
            cloud.spares();
        };
        Consumer<RecordedCloud> afterwards = switch (key) {
            case "nova/048" -> RecordedCases::importKey;
            case "nova/109", "nova/112", "nova/113", "nova/114" ->
                cloud -> cloud.failed("33ce25ec-c7b5-4b2e-a985-810a803837a7", Fault.Stage.SCHEDULING);
            case "nova/120", "nova/123", "nova/124", "nova/125" ->
                cloud -> cloud.failed("1ff912f4-7819-45ec-ad23-f275ac29e7af", Fault.Stage.SPAWN);
            case "nova/131", "nova/134", "nova/135", "nova/136" ->
                cloud -> cloud.failed("5fcd5111-0036-4cf7-8f00-257f3c13bfd6", Fault.Stage.ABORT);
            case "nova/142", "nova/145", "nova/146", "nova/147" ->
                cloud -> cloud.failed("852e8567-fa24-4822-9c61-eee9e8cfc9c9", Fault.Stage.ATTACH);
            case "nova/111" -> cloud -> cloud.failed("33ce25ec-c7b5-4b2e-a985-810a803837a7", Fault.Stage.SCHEDULING);
            case "nova/153" ->
                cloud -> {
                    cloud.building("546f9a71-3edd-48fd-b731-f2db64059ab6");
                    cloud.cloud.resume();
                    cloud.time.advance(LONG);
                };
            case "nova/156" -> RecordedQuotas.serverQuota(Map.of("instances", 4));
            case "nova/157" -> RecordedQuotas.serverQuota(Map.of("cores", 1, "ram", 1));
            case "nova/158" -> RecordedQuotas.serverQuota(Map.of("metadata_items", 1));
            case "nova/161" -> cloud -> cloud.building("c17fe475-46b8-44ea-9bc3-d28ce4a295f7");
            case "nova/166" ->
                cloud -> {
                    cloud.building("1ea6f162-5220-4c96-9804-648ca5af14fc");
                    cloud.cloud.resume();
                    cloud.time.advance(Duration.ofMillis(1600));
                };
            case "nova/170", "nova/171" -> RecordedCases::serverWithoutItsFlavor;
            case "nova/176", "nova/177" -> RecordedCases::stop;
            case "nova/179" -> RecordedCases::dataVolume;
            case "nova/180", "nova/182" ->
                cloud -> {
                    dataVolume(cloud);
                    cloud.cloud.run(() -> cloud.cloud
                            .servers()
                            .attach(
                                    cloud.cloud.callerFor(RecordedIds.SERVICE_ON_A),
                                    RecordedIds.RESTORED_SERVER,
                                    DATA_VOLUME,
                                    false));
                };
            case "nova/184" ->
                cloud -> cloud.cloud.run(() -> cloud.cloud
                        .servers()
                        .lock(cloud.cloud.callerFor(RecordedIds.SERVICE_ON_A), RecordedIds.RESTORED_SERVER, null));
            case "nova/188", "nova/189" -> RecordedCloud::deleteRestored;
            case "nova/191", "nova/192", "nova/193", "nova/194" ->
                cloud -> {
                    cloud.deleteRestored();
                    cloud.time.advance(LONG);
                };
            default -> cloud -> {};
        };
        return switch (key) {
            case "nova/064" -> RecordedCloud::unrestored;
            case "nova/065", "nova/066" ->
                cloud -> {
                    cloud.spares();
                    cloud.building(RecordedIds.RESTORED_SERVER);
                };
            case "nova/050" ->
                cloud -> cloud.cloud.run(() -> cloud.cloud.servers().flavors().remove("18"));
            default -> usual.andThen(afterwards);
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

    private static void importKey(RecordedCloud cloud) {
        cloud.cloud.run(() -> {
            var key = cloud.cloud.servers().keyPairs().get(RecordedIds.USER_A, "seed-a-key");
            cloud.cloud.servers().keyPairs().add(RecordedIds.SERVICE_USER, "seed-a-key", key.publicKey());
        });
    }

    private static void serverWithoutItsFlavor(RecordedCloud cloud) {
        cloud.cloud.run(() -> {
            cloud.cloud.servers().flavors().put(new Flavor("40", "rig.temporary", 1, 64, 0, Map.of()));
            cloud.port(
                    RecordedIds.CANCEL_PORT,
                    RecordedIds.SERVICE_ON_A,
                    RecordedIds.NET_A1,
                    "fa:16:3e:e6:e4:ca",
                    RecordedSeeds.DEFAULT_A,
                    FLAVORLESS_SERVER,
                    238);
            cloud.server(
                    FLAVORLESS_SERVER,
                    RecordedIds.SERVICE_ON_A,
                    "rec-noflavor",
                    "40",
                    null,
                    List.of(RecordedIds.OTHER_VOLUME),
                    List.of(RecordedIds.CANCEL_PORT));
            cloud.cloud.servers().flavors().remove("40");
        });
    }

    private static void stop(RecordedCloud cloud) {
        cloud.cloud.run(() -> cloud.cloud
                .servers()
                .stop(cloud.cloud.callerFor(RecordedIds.SERVICE_ON_A), RecordedIds.RESTORED_SERVER));
        cloud.time.advance(LONG);
    }

    private static void dataVolume(RecordedCloud cloud) {
        cloud.cloud.run(
                () -> cloud.volume(DATA_VOLUME, RecordedIds.SERVICE_ON_A, "rec-data", 1, false, null, null, ""));
    }
}
