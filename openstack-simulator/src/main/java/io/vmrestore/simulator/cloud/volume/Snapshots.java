package io.vmrestore.simulator.cloud.volume;

import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Index;
import io.vmrestore.simulator.engine.Latencies;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.engine.Table;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.Faults;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Snapshots and their life. */
public final class Snapshots {
    private final Engine engine;
    private final Supplier<Latencies> latencies;
    private final Faults faults;
    private final Table<Snapshot> table;
    private final Index<Snapshot> byVolume;

    Snapshots(Engine engine, Supplier<Latencies> latencies, Faults faults) {
        this.engine = engine;
        this.latencies = latencies;
        this.faults = faults;
        this.table = engine.table("snapshots", Snapshot.class);
        this.byVolume = table.index(snapshot -> List.of(snapshot.volumeId()));
    }

    public Stream<Snapshot> all() {
        return table.stream();
    }

    public Optional<Snapshot> find(String id) {
        return table.find(id);
    }

    public Snapshot visible(Caller caller, String id) {
        return table.find(id)
                .filter(snapshot -> caller.sees(snapshot.projectId()))
                .orElseThrow(() -> Refused.notFound("Snapshot " + id + " could not be found."));
    }

    public boolean existFor(String volumeId) {
        return byVolume.contains(volumeId);
    }

    /** Adds a snapshot that exists already. */
    public Snapshot add(String id, Volume volume, String name, Map<String, String> metadata, Instant createdAt) {
        return table.put(snapshot(id, volume.owner(), volume, name, null, metadata, createdAt)
                .with(VolumeStatus.AVAILABLE, createdAt));
    }

    Snapshot create(
            Caller caller, Volume volume, String name, @Nullable String description, Map<String, String> metadata) {
        Owner owner = new Owner(caller.projectId(), caller.userId());
        Snapshot snapshot =
                table.put(snapshot(engine.newId(), owner, volume, name, description, metadata, engine.now()));
        planNext(snapshot);
        return snapshot;
    }

    /** Starts deleting; gone after a while. */
    public void delete(Caller caller, String id) {
        Snapshot snapshot = changeable(caller, id);
        if (snapshot.status() != VolumeStatus.AVAILABLE && snapshot.status() != VolumeStatus.ERROR) {
            throw Refused.badRequest("Invalid snapshot: Snapshot status must be available or error.");
        }
        planNext(table.put(snapshot.with(VolumeStatus.DELETING, engine.now())));
    }

    /** Changes what is not null. */
    public Snapshot update(
            Caller caller,
            String id,
            @Nullable String name,
            @Nullable String description,
            @Nullable Map<String, String> metadata) {
        return table.put(changeable(caller, id).with(name, description, metadata));
    }

    private Snapshot changeable(Caller caller, String id) {
        Snapshot snapshot = visible(caller, id);
        if (!caller.mayChange()) {
            throw Refused.forbidden("Policy doesn't allow volume:update_snapshot to be performed.");
        }
        return snapshot;
    }

    /** Sets the status as an administrator's reset does. */
    public void reset(Caller caller, String id, VolumeStatus status) {
        table.put(visible(caller, id).with(status, engine.now()));
    }

    void resume() {
        table.all().forEach(this::planNext);
    }

    private void planNext(Snapshot snapshot) {
        String id = snapshot.id();
        if (snapshot.status() == VolumeStatus.CREATING) {
            engine.after(
                    latencies.get().snapshot(),
                    () -> table.find(id)
                            .filter(current -> current.status() == VolumeStatus.CREATING)
                            .ifPresent(this::finish));
        } else if (snapshot.status() == VolumeStatus.DELETING) {
            engine.after(latencies.get().snapshot(), () -> table.remove(id));
        }
    }

    private void finish(Snapshot snapshot) {
        if (faults.take(Fault.SnapshotStuck.class, snapshot.name(), snapshot.id())
                .isPresent()) {
            return;
        }
        boolean failed = faults.take(Fault.SnapshotFails.class, snapshot.name(), snapshot.id())
                .isPresent();
        table.put(snapshot.with(failed ? VolumeStatus.ERROR : VolumeStatus.AVAILABLE, engine.now()));
    }

    private static Snapshot snapshot(
            String id,
            Owner owner,
            Volume volume,
            String name,
            @Nullable String description,
            Map<String, String> metadata,
            Instant createdAt) {
        Snapshot.Content content = new Snapshot.Content(
                volume.spec().type(),
                volume.spec().availabilityZone(),
                volume.state().bootable(),
                volume.spec().imageMetadata());
        return new Snapshot(
                id,
                owner,
                volume.id(),
                name,
                description,
                volume.spec().size(),
                VolumeStatus.CREATING,
                metadata,
                content,
                createdAt,
                null);
    }
}
