package io.vmrestore.openstack.volume;

import io.vmrestore.openstack.CloudException;
import io.vmrestore.openstack.QuotaLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cinder in one project. The admin role reaches the volumes and snapshots of other projects by their id: compare
 * {@code projectId} before relying on one.
 */
public final class Volumes {

    Volumes() {}

    /**
     * The snapshot with this id.
     *
     * @throws CloudException.NotFound if there is none
     */
    public Snapshot snapshot(String id) {
        throw new UnsupportedOperationException();
    }

    /** All snapshots of this project, newest first. */
    public List<Snapshot> snapshots() {
        throw new UnsupportedOperationException();
    }

    /** All snapshots of the volume, newest first; empty if there is no such volume. */
    public List<Snapshot> snapshotsOf(String volumeId) {
        throw new UnsupportedOperationException();
    }

    /** Snapshots of every project, newest first; needs the admin role (a member is silently given its own only). */
    public List<Snapshot> snapshotsOfAllProjects() {
        throw new UnsupportedOperationException();
    }

    /**
     * The volume with this id.
     *
     * @throws CloudException.NotFound if there is none
     */
    public Volume volume(String id) {
        throw new UnsupportedOperationException();
    }

    /** The volume with this id, or empty on 404. Any other error is thrown: an error is not "gone". */
    public Optional<Volume> findVolume(String id) {
        throw new UnsupportedOperationException();
    }

    /** All volumes of this project: one request per page, for pollers of many volumes. */
    public List<Volume> volumes() {
        throw new UnsupportedOperationException();
    }

    /**
     * The volumes of this project whose metadata has this entry. Checked here as well, because Cinder ignores filters
     * that it does not know.
     */
    public List<Volume> volumesMarked(String key, String value) {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes a volume of a snapshot; returns at once with status {@code creating}.
     *
     * @throws CloudException.QuotaExceeded if the project's volumes or gigabytes are used up
     * @throws CloudException.NotFound if there is no such snapshot
     * @throws CloudException.Invalid if the snapshot is not available, too large, or of another type
     */
    public Volume create(VolumeSpec spec) {
        throw new UnsupportedOperationException();
    }

    /**
     * Asks for the volume's deletion.
     *
     * @return false if it was gone already (404)
     * @throws CloudException.Invalid if it is in use, has snapshots, or is being created or deleted
     */
    public boolean delete(String id) {
        throw new UnsupportedOperationException();
    }

    /** Says whether servers can boot from it; to say it again is no error. */
    public void setBootable(String id, boolean bootable) {
        throw new UnsupportedOperationException();
    }

    /** Adds or overwrites image properties (hw_*, os_*) of the volume; others stay. */
    public void setImageMetadata(String id, Map<String, String> properties) {
        throw new UnsupportedOperationException();
    }

    /**
     * The project's quota by name: {@code volumes}, {@code gigabytes}, {@code snapshots}, {@code volumes_<type>},
     * {@code gigabytes_<type>} and others that Cinder lists.
     */
    public Map<String, QuotaLine> quota() {
        throw new UnsupportedOperationException();
    }

    /** Cinder's last message about why the volume failed; empty if it has none. Not found anywhere else in its API. */
    public Optional<String> failureReason(String volumeId) {
        throw new UnsupportedOperationException();
    }
}
