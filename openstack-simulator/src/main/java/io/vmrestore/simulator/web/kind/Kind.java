package io.vmrestore.simulator.web.kind;

import java.util.List;

/**
 * A described collection.
 *
 * @param path below the service's version, such as {@code /qos/policies}
 * @param plural the key of the list
 * @param singular the key of one
 * @param missing how the service says that one is not there; %s stands for its id
 * @param since the minor version from which it exists
 */
public record Kind(
        String path,
        String plural,
        String singular,
        Access access,
        Creation creation,
        String missing,
        int since,
        List<Field> fields) {

    /** Who sees and changes it. */
    public enum Access {
        /** The members of the project that it belongs to. */
        PROJECT,
        /** Everybody sees, administrators change. */
        SHARED,
        /** Administrators alone. */
        ADMIN
    }

    /** Whether clients make it, or the service alone. */
    public enum Creation {
        BY_CLIENTS,
        BY_SERVICE
    }

    /** A collection that clients fill. */
    public static Kind of(String path, String singular, Access access, String missing, Field... fields) {
        return new Kind(path, last(path), singular, access, Creation.BY_CLIENTS, missing, 0, List.of(fields));
    }

    /** A collection that only the service could fill, and does not. */
    public static Kind empty(String path, String singular, Access access, String missing) {
        return new Kind(path, last(path), singular, access, Creation.BY_SERVICE, missing, 0, List.of());
    }

    /** The same with another key for its list. */
    public Kind listedAs(String key) {
        return new Kind(path, key, singular, access, creation, missing, since, fields);
    }

    /** The same, unknown to earlier minor versions. */
    public Kind since(int minor) {
        return new Kind(path, plural, singular, access, creation, missing, minor, fields);
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replace('-', '_');
    }
}
