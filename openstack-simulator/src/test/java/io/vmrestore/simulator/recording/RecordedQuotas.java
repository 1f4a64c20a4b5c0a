package io.vmrestore.simulator.recording;

import io.vmrestore.simulator.cloud.network.PortRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Lets a quota or a pool of addresses be used up, as it was recorded. */
final class RecordedQuotas {
    private RecordedQuotas() {}

    /** Tenant B has a volume and a snapshot of 1 GiB; this adds volumes, or one volume's worth of gigabytes. */
    static Consumer<RecordedCloud> volumeQuota(String name, int limit, int moreVolumes, int moreGigabytes) {
        return cloud -> cloud.cloud.run(() -> {
            for (int i = 0; i < moreVolumes; i++) {
                cloud.volume("more-" + i, RecordedIds.OWNER_B, "more", 1, false, null, null, "");
            }
            if (moreGigabytes > 0) {
                cloud.volume("large", RecordedIds.OWNER_B, "large", moreGigabytes, false, null, null, "");
            }
            if (name.equals("snapshots")) {
                var volume = cloud.cloud
                        .volumes()
                        .find("605c6db3-2033-48a4-8bc5-36be16351b67")
                        .orElseThrow();
                for (int i = 0; i < 4; i++) {
                    cloud.cloud.volumes().snapshots().add("more-" + i, volume, "more", Map.of(), cloud.time.now());
                }
            }
            cloud.cloud.volumes().limits().quotas().change(RecordedIds.TENANT_B, Map.of(name, limit));
        });
    }

    static Consumer<RecordedCloud> serverQuota(Map<String, Integer> limits) {
        return cloud -> cloud.cloud.run(() -> {
            String extra = "extra-";
            for (int i = 0; i < 3; i++) {
                cloud.server(
                        extra + i, RecordedIds.OWNER_B, extra + i, i == 0 ? "12" : "11", null, List.of(), List.of());
            }
            cloud.cloud.servers().quotas().change(RecordedIds.TENANT_B, limits);
        });
    }

    static void exhaustTinyNetwork(RecordedCloud cloud) {
        cloud.cloud.run(() -> {
            var owner = cloud.cloud.callerFor(RecordedIds.SERVICE_ON_A);
            cloud.cloud.ports().create(owner, PortRequest.on(RecordedIds.NET_TINY));
            cloud.cloud.ports().create(owner, PortRequest.on(RecordedIds.NET_TINY));
        });
    }
}
