package io.vmrestore.survey;

import io.vmrestore.openstack.volume.Snapshot;
import org.jspecify.annotations.Nullable;

/** Whether a snapshot can be restored: the one verdict that lists and plans share. */
public final class RestorePoints {
    private RestorePoints() {}

    /** Why nobody can restore it whatever its status, for the cloud does not tell what is needed; null if it does. */
    public static @Nullable String unreadable(Snapshot snapshot) {
        if (snapshot.createdAt() == null) {
            return "The cloud does not tell when it was taken (created_at), or not as a time";
        }
        if (snapshot.size() == null) {
            return "The cloud does not tell its size";
        }
        return snapshot.volumeId().isEmpty() ? "The cloud does not tell of which volume it is" : null;
    }

    /** Why it cannot be restored now; null if it can. */
    public static @Nullable String obstacle(Snapshot snapshot) {
        String unreadable = unreadable(snapshot);
        if (unreadable != null) {
            return unreadable;
        }
        return snapshot.available()
                ? null
                : "It is " + snapshot.status() + "; only an available snapshot can be restored";
    }
}
