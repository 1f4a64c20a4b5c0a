package io.vmrestore.openstack.compute;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which servers to list; every part narrows.
 *
 * @param allProjects of every project (needs the admin role, else 403) instead of the own one
 * @param status only in this status, such as {@code BUILD}
 * @param tag only with this tag
 * @param id only the one with this id; a cloud that does not know the filter lists all
 */
public record ServerQuery(
        boolean allProjects,
        @Nullable String status,
        @Nullable String tag,
        @Nullable String id) {

    /** Whichever their ids are. */
    public ServerQuery(boolean allProjects, @Nullable String status, @Nullable String tag) {
        this(allProjects, status, tag, null);
    }

    /** All servers of the project. */
    public static ServerQuery all() {
        return new ServerQuery(false, null, null);
    }

    /** Servers of the project with this tag: how a maker finds what it marked. */
    public static ServerQuery tagged(String tag) {
        return new ServerQuery(false, null, tag);
    }

    /** The server of the project with this id, as the list shows it: a second source beside the server itself. */
    public static ServerQuery withId(String id) {
        return new ServerQuery(false, null, null, id);
    }

    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (allProjects) {
            parameters.put("all_tenants", "1");
        }
        if (status != null) {
            parameters.put("status", status);
        }
        if (tag != null) {
            parameters.put("tags", tag);
        }
        if (id != null) {
            parameters.put("uuid", id);
        }
        return parameters;
    }

    /** Checked again here: a filter that a cloud does not know is ignored. */
    boolean matches(Server server) {
        return (status == null || status.equals(server.status()))
                && (tag == null || server.tags().contains(tag))
                && (id == null || id.equals(server.id()));
    }
}
