package io.vmrestore.simulator.cloud.volume;

import io.vmrestore.simulator.cloud.Engine;
import io.vmrestore.simulator.cloud.Quotas;
import io.vmrestore.simulator.cloud.Refused;
import java.util.LinkedHashMap;
import java.util.Map;

/** Cinder's quotas: by project, and by project and volume type ({@code gigabytes_<type>}). */
public final class VolumeLimits {
    private final Quotas quotas;

    VolumeLimits(Engine engine) {
        Map<String, Integer> defaults = new LinkedHashMap<>();
        defaults.put("volumes", 100);
        defaults.put("per_volume_gigabytes", Quotas.UNLIMITED);
        defaults.put("snapshots", 200);
        defaults.put("gigabytes", 5000);
        defaults.put("backups", 10);
        defaults.put("backup_gigabytes", 1000);
        defaults.put("volumes_" + VolumeType.DEFAULT, Quotas.UNLIMITED);
        defaults.put("gigabytes_" + VolumeType.DEFAULT, Quotas.UNLIMITED);
        defaults.put("snapshots_" + VolumeType.DEFAULT, Quotas.UNLIMITED);
        defaults.put("groups", 10);
        this.quotas = new Quotas(engine, "volume-quotas", defaults);
    }

    public Quotas quotas() {
        return quotas;
    }

    void checkVolume(String projectId, String type, int size, Map<String, Integer> used) {
        int perVolume = quotas.limit(projectId, "per_volume_gigabytes");
        if (perVolume != Quotas.UNLIMITED && size > perVolume) {
            throw Refused.overQuota("VolumeSizeExceedsLimit: Requested volume size " + size
                    + "G is larger than maximum allowed limit " + perVolume + "G.");
        }
        checkGigabytes(projectId, type, size, used);
        checkCount(projectId, "volumes", used);
        checkCount(projectId, "volumes_" + type, used);
    }

    void checkSnapshot(String projectId, String type, int size, Map<String, Integer> used) {
        checkGigabytes(projectId, type, size, used);
        if (!quotas.allows(projectId, "snapshots", used.getOrDefault("snapshots", 0), 1)) {
            throw Refused.overQuota("SnapshotLimitExceeded: Maximum number of snapshots allowed ("
                    + quotas.limit(projectId, "snapshots") + ") exceeded");
        }
    }

    private void checkGigabytes(String projectId, String type, int size, Map<String, Integer> used) {
        for (String name : new String[] {"gigabytes", "gigabytes_" + type}) {
            if (!quotas.allows(projectId, name, used.getOrDefault(name, 0), size)) {
                throw Refused.overQuota("VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed "
                        + name + " quota. Requested " + size + "G, quota is " + quotas.limit(projectId, name) + "G and "
                        + used.getOrDefault(name, 0) + "G has been consumed.");
            }
        }
    }

    private void checkCount(String projectId, String name, Map<String, Integer> used) {
        if (!quotas.allows(projectId, name, used.getOrDefault(name, 0), 1)) {
            throw Refused.overQuota("VolumeLimitExceeded: Maximum number of volumes allowed ("
                    + quotas.limit(projectId, name) + ") exceeded for quota '" + name + "'.");
        }
    }
}
