package io.vmrestore.simulator.cloud.volume;

import io.vmrestore.simulator.engine.Deadlines;
import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Latencies;
import io.vmrestore.simulator.engine.Table;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A volume's way after it was accepted: creating to available or error, to and from a server, and to its end. */
public final class VolumeLife {
    /** The backend all volumes live on. */
    public static final String BACKEND = "simulator@memory#memory";

    private static final String NO_BACKEND = "schedule allocate volume:Could not find any available weighted backend.";

    private final Engine engine;
    private final Supplier<Latencies> latencies;
    private final Faults faults;
    private final Table<Volume> volumes;
    private final Table<VolumeType> types;
    private final Table<Message> messages;
    private final Deadlines.Kind lateBootable;
    private final Deadlines.Kind lateRelease;

    VolumeLife(
            Engine engine,
            Supplier<Latencies> latencies,
            Faults faults,
            Table<Volume> volumes,
            Table<VolumeType> types) {
        this.engine = engine;
        this.latencies = latencies;
        this.faults = faults;
        this.volumes = volumes;
        this.types = types;
        this.messages = engine.table("volume-messages", Message.class);
        this.lateBootable = engine.deadlines().kind("volume-bootable", id -> change(id, this::becomeBootable));
        this.lateRelease = engine.deadlines()
                .kind(
                        "volume-release",
                        id -> change(
                                id,
                                volume -> volumes.put(volume.with(volume.state().free(), engine.now()))));
    }

    public Stream<Message> messagesFor(String volumeId) {
        return messages.stream().filter(message -> message.volumeId().equals(volumeId));
    }

    public Stream<Message> messages() {
        return messages.stream();
    }

    /** Nova reserves the volume for a server it accepted. */
    public void reserve(Volume volume, String serverId) {
        volumes.put(volume.with(volume.state().reservedFor(serverId), engine.now()));
    }

    /** A volume that Nova makes is for this server, as soon as it is available. */
    public void promise(String volumeId, String serverId) {
        change(volumeId, volume -> volumes.put(volume.with(volume.state().promisedTo(serverId), engine.now())));
    }

    /** Nova starts connecting the volume. */
    public void startAttaching(String volumeId) {
        change(volumeId, volume -> volumes.put(volume.with(VolumeStatus.ATTACHING, engine.now())));
    }

    public void attach(String volumeId, String serverId, String device, String host) {
        Instant now = engine.now();
        VolumeAttachment attachment = new VolumeAttachment(engine.newId(), serverId, device, host, now);
        change(volumeId, volume -> volumes.put(volume.with(volume.state().attached(attachment), now)));
    }

    public void startDetaching(String volumeId) {
        change(volumeId, volume -> volumes.put(volume.with(VolumeStatus.DETACHING, engine.now())));
    }

    /** The volume belongs to no server any more. */
    public void release(String volumeId, String serverId) {
        change(volumeId, volume -> {
            if (serverId.equals(volume.state().reservedFor())) {
                volumes.put(volume.with(volume.state().free(), engine.now()));
            }
        });
    }

    /** The volume's server is gone, but the volume is still being disconnected for this time. */
    public void releaseLate(String volumeId, Duration delay) {
        startDetaching(volumeId);
        lateRelease.begin(volumeId, delay);
    }

    /** Deletes a released volume as Nova does for {@code delete_on_termination}: a refusal is not reported. */
    public void deleteWithServer(String volumeId, boolean hasSnapshots) {
        change(volumeId, volume -> {
            if (!hasSnapshots && volume.is(VolumeStatus.AVAILABLE)) {
                planNext(volumes.put(volume.with(VolumeStatus.DELETING, engine.now())));
            }
        });
    }

    /** Plans what a volume in a passing state comes to next. */
    void planNext(Volume volume) {
        Latencies delays = latencies.get();
        switch (volume.status()) {
            case CREATING -> {
                Duration half = delays.volumeCreate().dividedBy(2);
                if (volume.state().host() == null) {
                    engine.after(half, () -> creating(volume.id(), this::schedule));
                } else {
                    engine.after(delays.volumeCreate().minus(half), () -> creating(volume.id(), this::finish));
                }
            }
            case DELETING -> engine.after(delays.volumeDelete(), () -> change(volume.id(), this::end));
            case DETACHING -> {
                String server = volume.state().reservedFor();
                if (server != null && !lateRelease.holds(volume.id())) {
                    engine.after(delays.volumeDelete(), () -> release(volume.id(), server));
                }
            }
            case AVAILABLE, RESERVED, ATTACHING, IN_USE, ERROR, ERROR_DELETING -> {}
        }
    }

    private void schedule(Volume volume) {
        boolean served = types.stream()
                .filter(type -> type.name().equals(volume.spec().type()))
                .anyMatch(VolumeType::hasBackend);
        Optional<Fault.VolumeFails> failure =
                faults.take(Fault.VolumeFails.class, volume.spec().name(), volume.id());
        if (!served || failure.isPresent()) {
            String reason = failure.flatMap(fault -> Optional.ofNullable(fault.message()))
                    .orElse(NO_BACKEND);
            volumes.put(volume.with(volume.state().withStatus(VolumeStatus.ERROR), engine.now()));
            messages.put(new Message(
                    engine.newId(), volume.projectId(), volume.id(), reason, "req-" + engine.newId(), engine.now()));
        } else if (faults.take(Fault.VolumeStuck.class, volume.spec().name(), volume.id())
                .isPresent()) {
            volumes.put(volume.with(volume.state().onHost(BACKEND), engine.now()));
        } else {
            planNext(volumes.put(volume.with(volume.state().onHost(BACKEND), engine.now())));
        }
    }

    private void finish(Volume volume) {
        VolumeState done = volume.state().withStatus(VolumeStatus.AVAILABLE);
        Optional<Fault.LateBootable> late = done.bootable()
                ? faults.take(Fault.LateBootable.class, volume.spec().name(), volume.id())
                : Optional.empty();
        volumes.put(volume.with(done.withBootable(done.bootable() && late.isEmpty()), engine.now()));
        late.ifPresent(fault -> lateBootable.begin(volume.id(), fault.delay()));
    }

    private void end(Volume volume) {
        String name = volume.spec().name();
        if (faults.take(Fault.VolumeDeletionStuck.class, name, volume.id()).isPresent()) {
            return;
        }
        if (faults.take(Fault.VolumeDeletionFails.class, name, volume.id()).isPresent()) {
            volumes.put(volume.with(VolumeStatus.ERROR_DELETING, engine.now()));
        } else {
            volumes.remove(volume.id());
        }
    }

    private void becomeBootable(Volume volume) {
        volumes.put(volume.with(volume.state().withBootable(true), engine.now()));
    }

    private void creating(String volumeId, Consumer<Volume> action) {
        volumes.find(volumeId)
                .filter(volume -> volume.is(VolumeStatus.CREATING))
                .ifPresent(action);
    }

    private void change(String volumeId, Consumer<Volume> action) {
        volumes.find(volumeId).ifPresent(action);
    }
}
