package io.vmrestore.survey;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Metadata entries of restored servers and volumes that tell where they came from. A new boot volume has no snapshots:
 * the older restore points of its VM are found by following these.
 */
public final class Origin {
    /** The snapshot that it was restored from. */
    public static final String SNAPSHOT = "restored_from_snapshot";

    /** The volume that the snapshot was taken of: the boot volume before. */
    public static final String VOLUME = "restored_from_volume";

    /** The server that was restored. */
    public static final String SERVER = "restored_from_server";

    /** The owner of that server, to whom its key pair belongs; the restored server belongs to the service user. */
    public static final String OWNER = "restored_from_owner";

    /** The name of that server's key pair; the restored server names an import of it that is gone afterwards. */
    public static final String KEY = "restored_from_key";

    /**
     * The boot volumes before {@link #VOLUME}, the nearest first, separated by spaces: the history goes on where a
     * volume in its middle is deleted, and what it recorded with it.
     */
    public static final String EARLIER = "restored_from_earlier_volumes";

    /** The longest value of a metadata entry. */
    private static final int LONGEST_VALUE = 255;

    private Origin() {}

    /** The earlier volumes that the metadata records, the nearest first. */
    static List<String> earlier(Map<String, String> metadata) {
        return Arrays.stream(metadata.getOrDefault(EARLIER, "").split(" "))
                .filter(volume -> !volume.isEmpty())
                .toList();
    }

    /**
     * What a volume records as {@link #EARLIER} that is restored from a snapshot of a volume with this metadata: as
     * many as fit, the nearest first; empty if there are none.
     */
    public static String earlierAfter(Map<String, String> metadata) {
        StringBuilder all = new StringBuilder(metadata.getOrDefault(VOLUME, ""));
        for (String volume : earlier(metadata)) {
            if (all.length() + 1 + volume.length() <= LONGEST_VALUE) {
                all.append(' ').append(volume);
            }
        }
        return all.toString().strip();
    }
}
