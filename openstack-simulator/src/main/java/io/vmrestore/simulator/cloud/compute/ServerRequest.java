package io.vmrestore.simulator.cloud.compute;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a server.
 *
 * @param nics null: Nova looks for the project's only network
 * @param securityGroups names or ids, for the ports that Nova makes
 */
public record ServerRequest(
        String name,
        @Nullable String description,
        String flavorId,
        @Nullable String imageId,
        List<WantedDisk> disks,
        @Nullable List<Nic> nics,
        @Nullable String keyName,
        @Nullable String userData,
        boolean configDrive,
        @Nullable String availabilityZone,
        Map<String, String> metadata,
        List<String> tags,
        @Nullable String serverGroupId,
        List<String> securityGroups) {

    /** A wanted disk; boot index 0 is the boot disk, null or negative: none. */
    public record WantedDisk(
            Disk.Source source,
            @Nullable String sourceId,
            @Nullable Integer size,
            @Nullable Integer bootIndex,
            boolean deleteOnTermination,
            @Nullable String tag) {

        boolean boots() {
            return bootIndex != null && bootIndex == 0;
        }
    }
}
