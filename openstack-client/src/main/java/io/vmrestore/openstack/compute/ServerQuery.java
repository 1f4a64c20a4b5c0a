package io.vmrestore.openstack.compute;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which servers to list; every part narrows.
 *
 * @param allProjects of every project (needs the admin role, else 403) instead of the own one
 * @param status only in this status, such as {@code BUILD}
 * @param tag only with this tag
 * @param changesSince only those changed since then, deleted ones included with status {@code DELETED}
 */
public record ServerQuery(
        boolean allProjects, @Nullable String status, @Nullable String tag, @Nullable Instant changesSince) {

    /** All servers of the project. */
    public static ServerQuery all() {
        return new ServerQuery(false, null, null, null);
    }

    /** Servers of the project with this tag: how a maker finds what it marked. */
    public static ServerQuery tagged(String tag) {
        return new ServerQuery(false, null, tag, null);
    }

    /** Servers of the project changed since then, deleted ones included. */
    public static ServerQuery changedSince(Instant time) {
        return new ServerQuery(false, null, null, time);
    }
}
