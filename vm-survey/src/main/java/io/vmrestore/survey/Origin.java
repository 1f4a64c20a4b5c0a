package io.vmrestore.survey;

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

    private Origin() {}
}
