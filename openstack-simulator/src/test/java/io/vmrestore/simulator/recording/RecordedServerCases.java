package io.vmrestore.simulator.recording;

import io.vmrestore.simulator.cloud.compute.Flavor;
import io.vmrestore.simulator.faults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Arranges the servers, and what belongs to them, that the recordings of Nova need to find. */
final class RecordedServerCases {
    private static final String DATA_VOLUME = "caac444b-55f6-4339-8fb9-e0061ee778c3";
    private static final String FLAVORLESS_SERVER = "0cc57726-8ffd-4f86-82bd-6f5c494f9289";
    private static final Duration LONG = Duration.ofSeconds(10);

    private RecordedServerCases() {}

    static Consumer<RecordedCloud> arrangementFor(String key) {
        Consumer<RecordedCloud> usual = cloud -> {
            cloud.restored();
            cloud.spares();
        };
        Consumer<RecordedCloud> afterwards = switch (key) {
            case "nova/048" -> RecordedServerCases::importKey;
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
            case "nova/170", "nova/171" -> RecordedServerCases::serverWithoutItsFlavor;
            case "nova/176", "nova/177" -> RecordedServerCases::stop;
            case "nova/179" -> RecordedServerCases::dataVolume;
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
