package io.vmrestore.simulator.cloud.volume;

import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.image.Image;
import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Latencies;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.engine.Table;
import io.vmrestore.simulator.faults.Faults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Volumes: what callers may ask of them. */
public final class Volumes {
    public static final String ZONE = "nova";

    private static final String NOT_DELETABLE = "Invalid volume: Volume status must be available or error or"
            + " error_restoring or error_extending or error_managing and must not be migrating, attached, belong to a"
            + " group, have snapshots, awaiting a transfer, or be disassociated from snapshots after volume transfer.";

    private final Engine engine;
    private final Table<Volume> table;
    private final Table<VolumeType> types;
    private final Snapshots snapshots;
    private final VolumeLimits limits;
    private final VolumeSources sources;
    private final VolumeLife life;

    public Volumes(Engine engine, Supplier<Latencies> latencies, Faults faults, Table<Image> images) {
        this.engine = engine;
        this.table = engine.table("volumes", Volume.class);
        this.types = engine.table("volume-types", VolumeType.class);
        this.snapshots = new Snapshots(engine, latencies, faults);
        this.limits = new VolumeLimits(engine, types);
        this.sources = new VolumeSources(this, snapshots, types, images);
        this.life = new VolumeLife(engine, latencies, faults, table, types);
    }

    public Snapshots snapshots() {
        return snapshots;
    }

    public VolumeLimits limits() {
        return limits;
    }

    public VolumeLife life() {
        return life;
    }

    public Table<VolumeType> types() {
        return types;
    }

    public Stream<Volume> all() {
        return table.stream();
    }

    public Optional<Volume> find(@Nullable String id) {
        return table.find(id);
    }

    public Volume visible(Caller caller, String id) {
        return table.find(id)
                .filter(volume -> caller.sees(volume.projectId()))
                .orElseThrow(() -> Refused.notFound("Volume " + id + " could not be found."));
    }

    /** Adds a volume that exists already. */
    public Volume add(Volume volume) {
        return table.put(volume);
    }

    /** Accepts a volume after Cinder's own checks; it becomes available, or fails, later. */
    public Volume create(Caller caller, VolumeRequest request) {
        if (!caller.mayChange()) {
            throw Refused.forbidden("Policy doesn't allow volume:create to be performed.");
        }
        VolumeSources.Source source = sources.resolve(caller, request);
        String projectId = caller.projectId();
        limits.checkVolume(projectId, source.type(), source.size(), usage(projectId));
        VolumeSpec spec = new VolumeSpec(
                request.name(),
                request.description(),
                source.size(),
                source.type(),
                source.availabilityZone(),
                request.snapshotId(),
                request.sourceVolumeId(),
                Map.copyOf(request.metadata()),
                source.imageMetadata());
        VolumeState state = new VolumeState(VolumeStatus.CREATING, source.bootable(), null, null, List.of());
        Owner owner = new Owner(projectId, caller.userId());
        Volume volume = table.put(new Volume(engine.newId(), owner, spec, state, engine.now(), null));
        life.planNext(volume);
        return volume;
    }

    /** Starts deleting. A volume that no backend was chosen for is gone at once, though its creation goes on behind. */
    public void delete(Caller caller, String id) {
        Volume volume = changeable(caller, id, "delete");
        boolean unscheduled = volume.is(VolumeStatus.CREATING) && volume.state().host() == null;
        boolean idle = volume.is(VolumeStatus.AVAILABLE) || volume.is(VolumeStatus.ERROR);
        if (unscheduled) {
            table.remove(id);
        } else if (!idle || snapshots.existFor(id)) {
            throw Refused.badRequest(NOT_DELETABLE);
        } else {
            life.planNext(table.put(volume.with(VolumeStatus.DELETING, engine.now())));
        }
    }

    public Snapshot snapshot(
            Caller caller,
            String volumeId,
            String name,
            @Nullable String description,
            Map<String, String> metadata,
            boolean force) {
        Volume volume = changeable(caller, volumeId, "create_snapshot");
        boolean allowed = volume.is(VolumeStatus.AVAILABLE) || (force && volume.is(VolumeStatus.IN_USE));
        if (!allowed) {
            throw Refused.badRequest("Invalid volume: Volume " + volumeId + " status must be available, but current"
                    + " status is: " + volume.status().text() + ".");
        }
        String projectId = caller.projectId();
        limits.checkSnapshot(projectId, volume.spec().type(), volume.spec().size(), usage(projectId));
        return snapshots.create(caller, volume, name, description, metadata);
    }

    public Volume rename(
            Caller caller,
            String id,
            @Nullable String name,
            @Nullable String description,
            @Nullable Map<String, String> metadata) {
        Volume volume = changeable(caller, id, "update");
        Volume named = volume.named(
                name == null ? volume.spec().name() : name,
                description == null ? volume.spec().description() : description);
        return table.put(metadata == null ? named : named.withMetadata(Map.copyOf(metadata)));
    }

    public Volume setMetadata(Caller caller, String id, Map<String, String> metadata) {
        return table.put(changeable(caller, id, "update_volume_metadata").withMetadata(Map.copyOf(metadata)));
    }

    public Volume setImageMetadata(Caller caller, String id, Map<String, String> added) {
        Volume volume = changeable(caller, id, "update_volume_metadata");
        Map<String, String> all = new LinkedHashMap<>(volume.spec().imageMetadata());
        all.putAll(added);
        return table.put(volume.withImageMetadata(all));
    }

    public Volume unsetImageMetadata(Caller caller, String id, String key) {
        Volume volume = changeable(caller, id, "delete_volume_metadata");
        Map<String, String> left = new LinkedHashMap<>(volume.spec().imageMetadata());
        if (left.remove(key) == null) {
            throw Refused.notFound("Metadata not found.");
        }
        return table.put(volume.withImageMetadata(left));
    }

    /** Makes a volume larger at once; one that is in use only grows by attachments' own means, which are not here. */
    public void extend(Caller caller, String id, int size) {
        Volume volume = changeable(caller, id, "extend");
        if (!volume.is(VolumeStatus.AVAILABLE)) {
            throw Refused.badRequest("Invalid volume: Volume " + id + " status must be '{'available'}' to extend,"
                    + " currently " + volume.status().text() + ".");
        }
        if (size <= volume.spec().size()) {
            throw Refused.badRequest("Invalid input received: New size for extend must be greater than current size."
                    + " (current: " + volume.spec().size() + ", extended: " + size + ").");
        }
        int more = size - volume.spec().size();
        limits.checkGigabytes(volume.projectId(), volume.spec().type(), more, usage(volume.projectId()));
        table.put(volume.withSize(size));
    }

    public Volume setBootable(Caller caller, String id, boolean bootable) {
        Volume volume = changeable(caller, id, "update");
        return table.put(volume.with(volume.state().withBootable(bootable), engine.now()));
    }

    /** Sets the status as an administrator's reset does. */
    public void reset(Caller caller, String id, VolumeStatus status) {
        requireAdmin(caller, "volume_extension:volume_admin_actions:reset_status");
        table.put(visible(caller, id).with(status, engine.now()));
    }

    /** Deletes whatever state the volume is in, as an administrator may. */
    public void forceDelete(Caller caller, String id) {
        requireAdmin(caller, "volume_extension:volume_admin_actions:force_delete");
        life.planNext(table.put(visible(caller, id).with(VolumeStatus.DELETING, engine.now())));
    }

    /** What counts against each quota of the project: volumes, snapshots and gigabytes, in all and by type. */
    public Map<String, Integer> usage(String projectId) {
        Map<String, Integer> used = new LinkedHashMap<>();
        table.stream().filter(volume -> volume.projectId().equals(projectId)).forEach(volume -> {
            count(used, "volumes", volume.spec().type(), 1);
            count(used, "gigabytes", volume.spec().type(), volume.spec().size());
        });
        snapshots
                .all()
                .filter(snapshot -> snapshot.projectId().equals(projectId))
                .forEach(snapshot -> {
                    count(used, "snapshots", snapshot.content().type(), 1);
                    count(used, "gigabytes", snapshot.content().type(), snapshot.size());
                });
        return used;
    }

    /** Plans again what was under way when the state was written. */
    public void resume() {
        List.copyOf(table.all()).forEach(life::planNext);
        snapshots.resume();
    }

    private Volume changeable(Caller caller, String id, String rule) {
        Volume volume = visible(caller, id);
        if (!caller.mayChange()) {
            throw Refused.forbidden("Policy doesn't allow volume:" + rule + " to be performed.");
        }
        return volume;
    }

    private static void requireAdmin(Caller caller, String rule) {
        if (!caller.isAdmin()) {
            throw Refused.forbidden("Policy doesn't allow " + rule + " to be performed.");
        }
    }

    private static void count(Map<String, Integer> used, String name, String type, int amount) {
        used.merge(name, amount, Integer::sum);
        used.merge(name + "_" + type, amount, Integer::sum);
    }
}
