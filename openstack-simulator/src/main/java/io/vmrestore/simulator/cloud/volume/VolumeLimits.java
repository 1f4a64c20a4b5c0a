package io.vmrestore.simulator.cloud.volume;

import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Quotas;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.engine.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Cinder's quotas: by project, and by project and volume type ({@code gigabytes_<type>}). */
public final class VolumeLimits {
    private final Quotas quotas;
    private final Table<VolumeType> types;

    VolumeLimits(Engine engine, Table<VolumeType> types) {
        this.types = types;
        Map<String, Integer> defaults = new LinkedHashMap<>();
        defaults.put("volumes", 100);
        defaults.put("per_volume_gigabytes", Quotas.UNLIMITED);
        defaults.put("snapshots", 200);
        defaults.put("gigabytes", 5000);
        defaults.put("backups", 10);
        defaults.put("backup_gigabytes", 1000);
        defaults.put("groups", 10);
        this.quotas = new Quotas(engine, "volume-quotas", defaults);
    }

    public Quotas quotas() {
        return quotas;
    }

    /** Every limit of the project, also those of each volume type. */
    public Map<String, Integer> of(String projectId) {
        Map<String, Integer> limits = quotas.limits(projectId);
        types.stream()
                .map(VolumeType::name)
                .flatMap(type -> Stream.of("volumes_" + type, "gigabytes_" + type, "snapshots_" + type))
                .forEach(name -> limits.putIfAbsent(name, Quotas.UNLIMITED));
        return limits;
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

    void checkGigabytes(String projectId, String type, int size, Map<String, Integer> used) {
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
