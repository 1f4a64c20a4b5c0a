package io.vmrestore.openstack.volume;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.quota.QuotaLine;
import io.vmrestore.openstack.quota.QuotaSet;
import io.vmrestore.openstack.transport.Json;
import io.vmrestore.openstack.transport.Session;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Cinder in one project. The admin role reaches the volumes and snapshots of other projects by their id: compare
 * {@code projectId} before relying on one.
 */
public final class Volumes {

    private final Session cinder;

    /** Asks by the given session. */
    public Volumes(Session cinder) {
        this.cinder = cinder;
    }

    /**
     * The snapshot with this id.
     *
     * @throws CloudException.NotFound if there is none
     */
    public Snapshot snapshot(String id) {
        return cinder.read("/snapshots/" + Json.part(id), Map.of(), "snapshot", VolumeJson::readSnapshot);
    }

    /** All snapshots of this project, newest first. */
    public List<Snapshot> snapshots() {
        return snapshots(Map.of());
    }

    /**
     * The volume with this id.
     *
     * @throws CloudException.NotFound if there is none
     */
    public Volume volume(String id) {
        return cinder.read("/volumes/" + Json.part(id), Map.of(), "volume", VolumeJson::read);
    }

    /** All volumes of this project: one request per page, for pollers of many volumes. */
    public List<Volume> volumes() {
        return volumes(Map.of());
    }

    /**
     * The volumes of this project whose metadata has this entry. Checked here as well, because Cinder ignores filters
     * that it does not know.
     */
    public List<Volume> volumesMarked(String key, String value) {
        String mark = Json.of(Map.of(key, value)).toString();
        List<Volume> listed = volumes(Map.of("metadata", mark));
        List<Volume> found = marked(listed, key, value);
        // What a filter does depends on the roles in the project.
        String filter = "volumes by metadata in " + cinder.projectId();
        if (!found.isEmpty() && found.size() == listed.size()) {
            cinder.filters().found(filter);
        }
        // A cloud that was told not to filter by metadata gives an admin an empty list instead of an error.
        return found.isEmpty() && !cinder.filters().trusted(filter) ? marked(volumes(), key, value) : found;
    }

    /**
     * Makes a volume of a snapshot; returns at once with status {@code creating}.
     *
     * @throws CloudException.QuotaExceeded if the project's volumes or gigabytes are used up
     * @throws CloudException.NotFound if there is no such snapshot
     * @throws CloudException.Invalid if the snapshot is not available, too large, or of another type
     */
    public Volume create(VolumeSpec spec) {
        return VolumeJson.read(cinder.create("/volumes", VolumeJson.write(spec), "volume"));
    }

    /**
     * Asks for the volume's deletion.
     *
     * @throws CloudException.NotFound if there is none
     * @throws CloudException.Invalid if it is in use, has snapshots, or is being created or deleted
     */
    public void delete(String id) {
        cinder.delete("/volumes/" + Json.part(id));
    }

    /** Says whether servers can boot from it; to say it again is no error. */
    public void setBootable(String id, boolean bootable) {
        cinder.call(os -> os.blockStorage().volumes().bootable(id, bootable));
    }

    /** Adds or overwrites image properties (hw_*, os_*) of the volume; others stay. */
    public void setImageMetadata(String id, Map<String, String> properties) {
        ObjectNode action = Json.object();
        action.putObject("os-set_image_metadata").set("metadata", Json.of(properties));
        cinder.post("/volumes/" + Json.part(id) + "/action", action);
    }

    /**
     * The project's quota by name: {@code volumes}, {@code gigabytes}, {@code snapshots}, {@code volumes_<type>},
     * {@code gigabytes_<type>} and others that Cinder lists; empty if it does not tell.
     */
    public Map<String, QuotaLine> quota() {
        return QuotaSet.told(
                () -> cinder.get("/os-quota-sets/" + cinder.projectId(), Map.of("usage", "True"), "quota_set"),
                UnaryOperator.identity());
    }

    /** Cinder's last message about why the volume failed; empty if it has none. Not found anywhere else in its API. */
    public Optional<String> failureReason(String volumeId) {
        return cinder.list("/messages", Map.of("resource_uuid", volumeId), "messages").stream()
                .filter(message -> volumeId.equals(Json.text(message, "resource_uuid")))
                .max(Comparator.comparing(
                        message -> Json.timeOrNull(message, "created_at"),
                        Comparator.nullsFirst(Comparator.<Instant>naturalOrder())))
                .map(message -> Json.text(message, "user_message"));
    }

    private List<Snapshot> snapshots(Map<String, String> query) {
        return cinder.elements("/snapshots/detail", query, "snapshots", VolumeJson::readSnapshot).stream()
                .sorted(Comparator.comparing(
                                Snapshot::createdAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
                        .reversed())
                .toList();
    }

    private List<Volume> volumes(Map<String, String> query) {
        return cinder.elements("/volumes/detail", query, "volumes", VolumeJson::read);
    }

    private static List<Volume> marked(List<Volume> volumes, String key, String value) {
        return volumes.stream()
                .filter(volume -> value.equals(volume.metadata().get(key)))
                .toList();
    }
}
