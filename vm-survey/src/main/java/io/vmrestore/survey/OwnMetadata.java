package io.vmrestore.survey;

import io.vmrestore.common.contract.RestorePoint;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.StepAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a restore adds to the metadata and tags of what it makes, and in which order that gives way where the cloud's
 * limit leaves no room for all. Nothing of the user's ever gives way.
 */
public final class OwnMetadata {
    /** Nova's limit of tags for one server. */
    public static final int MOST_TAGS = 50;

    /** Beginning of the tag that a restored server is found by. */
    public static final String TAG_PREFIX = "restore:";

    /** Before a field of what is left out. */
    public static final String FIELD = "metadata.";

    /**
     * The most needed first: by the mark a step finds what it has made, by owner and key a later restore finds the key
     * pair, by the volume the older restore points; the last two only tell.
     */
    private static final List<String> KEYS =
            List.of(StepAddress.MARK_KEY, Origin.OWNER, Origin.KEY, Origin.VOLUME, Origin.SERVER, Origin.SNAPSHOT);

    /** Entries that Cinder shows in the metadata of an attached volume and that are not the user's. */
    private static final Set<String> OF_CINDER = Set.of("attached_mode", "readonly");

    private static final String DESCRIPTION = "Restored from snapshot ";

    private OwnMetadata() {}

    /** The description of a restored volume whose original has none. */
    public static String description(RestorePoint point) {
        return DESCRIPTION + point.id() + " of volume " + point.volumeId();
    }

    /** Whether a description is one that a restore gave. */
    public static boolean describedByRestore(String description) {
        return description.startsWith(DESCRIPTION);
    }

    /** Whether restores add a metadata item of this name. */
    public static boolean isOwn(String key) {
        // The last one on volumes alone, so it takes no room of a server's.
        return KEYS.contains(key) || key.equals(Origin.EARLIER);
    }

    /** The metadata without what restores have added: what the user gave. */
    public static Map<String, String> strip(Map<String, String> metadata) {
        Map<String, String> users = new TreeMap<>(metadata);
        users.keySet().removeIf(OwnMetadata::isOwn);
        return users;
    }

    /** The metadata of a volume without what Cinder shows there by itself. */
    public static Map<String, String> ofVolume(Map<String, String> metadata) {
        Map<String, String> shown = new TreeMap<>(metadata);
        shown.keySet().removeAll(OF_CINDER);
        return shown;
    }

    /** The tags without those that restores have added. */
    public static List<String> strip(List<String> tags) {
        return tags.stream().filter(tag -> !tag.startsWith(TAG_PREFIX)).toList();
    }

    /**
     * Fields of what does not fit beside the user's metadata.
     *
     * @param room how many entries more there may be
     */
    public static List<String> leftOut(SourceServer source, long room) {
        List<String> wanted = new ArrayList<>(KEYS);
        if (source.keyName() == null) {
            wanted.remove(Origin.KEY);
        }
        return wanted.stream()
                .skip(Math.clamp(room, 0, wanted.size()))
                .map(key -> FIELD + key)
                .toList();
    }

    /** What is left of our entries without those that are left out. */
    public static Map<String, String> fitting(Map<String, String> own, List<String> leftOut) {
        Map<String, String> fitting = new TreeMap<>(own);
        fitting.keySet().removeIf(key -> leftOut.contains(FIELD + key));
        return fitting;
    }
}
