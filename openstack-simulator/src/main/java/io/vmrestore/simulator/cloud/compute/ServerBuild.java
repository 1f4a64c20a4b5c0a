package io.vmrestore.simulator.cloud.compute;

import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.cloud.volume.VolumeStatus;
import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Latencies;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.engine.Table;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server's way from 202 to ACTIVE or ERROR: scheduling, then on a host, devices mapped, spawning. */
final class ServerBuild {
    private static final int STEPS = 4;
    private static final Duration VOLUME_POLL = Duration.ofMillis(20);

    private final Engine engine;
    private final Supplier<Latencies> latencies;
    private final Faults faults;
    private final Table<Server> servers;
    private final Hosts hosts;
    private final Servers.Parts parts;
    private final ServerDevices devices;

    ServerBuild(
            Engine engine,
            Supplier<Latencies> latencies,
            Faults faults,
            Table<Server> servers,
            Hosts hosts,
            Servers.Parts parts) {
        this.engine = engine;
        this.latencies = latencies;
        this.faults = faults;
        this.servers = servers;
        this.hosts = hosts;
        this.parts = parts;
        this.devices = new ServerDevices(engine, parts);
    }

    /** Plans the step after the one the server is in. */
    void planNext(Server server) {
        Duration step = latencies.get().serverBuild().dividedBy(STEPS);
        @Nullable String task = server.state().taskState();
        if (Objects.equals(task, Task.SCHEDULING)) {
            plan(step, server, this::schedule);
        } else if (task == null) {
            plan(step, server, this::mapDevices);
        } else if (task.equals(Task.BLOCK_DEVICE_MAPPING)) {
            plan(step, server, this::spawn);
        } else if (task.equals(Task.SPAWNING)) {
            plan(step, server, this::activate);
        }
    }

    Disk attach(Caller caller, Server server, String volumeId, boolean deleteOnTermination) {
        Volume volume = parts.volumes().visible(caller, volumeId);
        if (volume.is(VolumeStatus.IN_USE)) {
            throw Refused.badRequest("Invalid volume: volume " + volumeId + " is already attached to instances: "
                    + volume.state().reservedFor());
        }
        if (!volume.is(VolumeStatus.AVAILABLE)) {
            throw Refused.badRequest("Invalid volume: Volume " + volumeId
                    + " status must be available to attach, but the current status is "
                    + volume.status().text() + ".");
        }
        Disk disk = devices.add(server, volume, deleteOnTermination);
        List<Disk> disks = new ArrayList<>(server.state().disks());
        disks.add(disk);
        servers.put(server.with(server.state().with(disks, server.state().nics()), engine.now()));
        return disk;
    }

    void detach(Server server, String volumeId) {
        Disk disk = server.state().disks().stream()
                .filter(known -> volumeId.equals(known.volumeId()))
                .findFirst()
                .orElseThrow(
                        () -> Refused.notFound("Instance " + server.id() + " is not attached to volume " + volumeId));
        if (disk.boot()) {
            throw Refused.badRequest("Cannot detach a root device volume");
        }
        parts.volumes().life().startDetaching(volumeId);
        engine.after(latencies.get().power(), () -> {
            parts.volumes().life().release(volumeId, server.id());
            servers.find(server.id())
                    .ifPresent(current -> servers.put(current.with(
                            current.state()
                                    .with(
                                            current.state().disks().stream()
                                                    .filter(known -> !known.id().equals(disk.id()))
                                                    .toList(),
                                            current.state().nics()),
                            engine.now())));
        });
    }

    private void plan(Duration delay, Server server, Consumer<Server> step) {
        engine.after(
                delay,
                () -> servers.find(server.id())
                        .filter(current -> current.state().vmState() == VmState.BUILDING
                                && !current.state().deletionRequested()
                                && Objects.equals(
                                        current.state().taskState(),
                                        server.state().taskState()))
                        .ifPresent(step));
    }

    private void schedule(Server server) {
        if (server.state().fault() != null) {
            fail(server, Optional.empty(), server.state().fault().message(), false);
            return;
        }
        Optional<Fault.ServerFails> failure = failure(server, Fault.Stage.SCHEDULING);
        boolean impossible = server.spec().flavor().extraSpecs().containsKey("trait:CUSTOM_NOWHERE");
        if (failure.isPresent() || impossible || !hosts.takesServers(Servers.HOST)) {
            fail(server, failure, "No valid host was found. ", false);
            return;
        }
        proceed(server, server.state().to(VmState.BUILDING, null).on(Servers.HOST));
    }

    private void mapDevices(Server server) {
        ServerState next;
        try {
            next = devices.map(server).to(VmState.BUILDING, Task.BLOCK_DEVICE_MAPPING);
        } catch (Refused refused) {
            fail(server, Optional.empty(), aborted(server, refused.text()), true);
            return;
        }
        proceed(server, next);
    }

    private void spawn(Server server) {
        Optional<Fault.ServerFails> failure = failure(server, Fault.Stage.ATTACH);
        if (failure.isPresent()) {
            String why = "Unable to update attachment.(Bad or unexpected response from the storage volume backend API:"
                    + " Driver initialize connection failed).";
            fail(server, failure, aborted(server, why), true);
            return;
        }
        Optional<Volume> broken = devices.volumes(server)
                .filter(volume -> volume.is(VolumeStatus.ERROR))
                .findFirst();
        if (broken.isPresent()) {
            String why = "Volume " + broken.get().id() + " did not finish being created even after we waited 1 seconds"
                    + " or 2 attempts. And its status is error.";
            fail(server, Optional.empty(), aborted(server, why), true);
        } else if (devices.volumes(server).anyMatch(volume -> volume.is(VolumeStatus.CREATING))) {
            plan(VOLUME_POLL, server, this::spawn);
        } else {
            devices.connect(server);
            proceed(server, server.state().to(VmState.BUILDING, Task.SPAWNING));
        }
    }

    private void activate(Server server) {
        if (faults.take(Fault.ServerStuck.class, server.name(), server.id()).isPresent()) {
            return;
        }
        Optional<Fault.ServerFails> refused = failure(server, Fault.Stage.SPAWN);
        if (refused.isPresent()) {
            reschedule(server, refused.get());
            return;
        }
        Optional<Fault.ServerFails> aborted = failure(server, Fault.Stage.ABORT);
        if (aborted.isPresent()) {
            fail(server, aborted, aborted(server, "the simulator was told to fail it"), true);
            return;
        }
        servers.put(server.with(server.state().launched(engine.now()), engine.now()));
    }

    /** The only host refused: back to the scheduler, which has no other one. */
    private void reschedule(Server server, Fault.ServerFails refusal) {
        String message = refusal.message() == null
                ? "Exceeded maximum number of retries. Exhausted all hosts available for retrying build failures for"
                        + " instance " + server.id() + "."
                : refusal.message();
        devices.unplug(server);
        devices.releaseVolumes(server);
        proceed(server, server.state().rescheduled(message, engine.now()));
    }

    private Optional<Fault.ServerFails> failure(Server server, Fault.Stage stage) {
        return faults.take(Fault.ServerFails.class, fault -> fault.stage() == stage, server.name(), server.id());
    }

    private void proceed(Server server, ServerState next) {
        planNext(servers.put(server.with(next, engine.now())));
    }

    private void fail(Server server, Optional<Fault.ServerFails> fault, String usualMessage, boolean volumesReleased) {
        String message =
                fault.flatMap(known -> Optional.ofNullable(known.message())).orElse(usualMessage);
        devices.unplug(server);
        if (volumesReleased) {
            devices.releaseVolumes(server);
        }
        servers.put(server.with(server.state().failed(message, engine.now()), engine.now()));
    }

    private static String aborted(Server server, String why) {
        return "Build of instance " + server.id() + " aborted: " + why;
    }
}
