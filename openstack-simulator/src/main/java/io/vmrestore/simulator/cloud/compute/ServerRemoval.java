package io.vmrestore.simulator.cloud.compute;

import io.vmrestore.simulator.engine.Deadlines;
import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Latencies;
import io.vmrestore.simulator.engine.Table;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.Faults;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A server's end: deleting, then DELETED for a moment, then not found (recordings nova/187 to 194); or SOFT_DELETED
 * until it is deleted by force or reclaimed.
 */
final class ServerRemoval {
    private final Engine engine;
    private final Supplier<Latencies> latencies;
    private final Faults faults;
    private final Table<Server> servers;
    private final Hosts hosts;
    private final ServerDevices devices;
    private final ServerRelease release;
    private final Deadlines.Kind reclaim;
    private final Deadlines.Kind shown;

    ServerRemoval(
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
        this.devices = new ServerDevices(engine, parts);
        this.release = new ServerRelease(engine, faults, parts, devices);
        this.reclaim = engine.deadlines()
                .kind(
                        "server-reclaim",
                        id -> servers.find(id)
                                .filter(server -> server.state().vmState() == VmState.SOFT_DELETED)
                                .ifPresent(this::force));
        this.shown =
                engine.deadlines().kind("server-shown", id -> servers.find(id).ifPresent(this::hide));
    }

    /** What DELETE begins: soft where the cloud is told so, but never of a server that never ran. */
    void start(Server server) {
        if (server.state().vmState() == VmState.SOFT_DELETED
                || Task.SOFT_DELETING.equals(server.state().taskState())) {
            return;
        }
        Optional<Fault.SoftDelete> soft = server.state().launchedAt() == null || hosts.isDown(server)
                ? Optional.empty()
                : faults.take(Fault.SoftDelete.class, server.name(), server.id());
        if (soft.isPresent()) {
            reclaim.begin(server.id(), soft.get().reclaimAfter());
            planNext(servers.put(
                    server.with(server.state().to(server.state().vmState(), Task.SOFT_DELETING), engine.now())));
        } else {
            force(server);
        }
    }

    /**
     * Deletes for good. A server without a host is gone at once, and so is one whose host does not answer, though its
     * guest may go on running there; any other is deleted by its host after a while.
     */
    void force(Server server) {
        reclaim.cancel(server.id());
        if (server.state().host() == null || hosts.isDown(server)) {
            finish(server, false);
        } else {
            planNext(servers.put(server.with(server.state().deleting(), engine.now())));
        }
    }

    /** Plans what comes after the state the server is in. */
    void planNext(Server server) {
        Duration half = latencies.get().serverDelete().dividedBy(2);
        boolean soft = Task.SOFT_DELETING.equals(server.state().taskState());
        switch (server.state().vmState()) {
            case BUILDING -> plan(half, server, this::showActiveForAMoment);
            case ACTIVE, STOPPED, ERROR, SOFT_DELETED ->
                plan(
                        server.state().taskState() == null ? half : half.multipliedBy(2),
                        server,
                        soft ? this::softDeleted : this::end);
            case DELETED -> {
                if (server.state().shown() && !shown.holds(server.id())) {
                    plan(latencies.get().deletedShown(), server, this::hide);
                }
            }
        }
    }

    private void softDeleted(Server server) {
        servers.put(server.with(server.state().to(VmState.SOFT_DELETED, null), engine.now()));
    }

    /** The build ends before the host gets to the deletion: a moment of ACTIVE without a task (nova/167). */
    private void showActiveForAMoment(Server server) {
        planNext(servers.put(server.with(server.state().launched(engine.now()), engine.now())));
    }

    private void end(Server server) {
        if (faults.take(Fault.ServerDeletionStuck.class, server.name(), server.id())
                .isPresent()) {
            return;
        }
        Optional<Fault.ServerDeletionFails> failure =
                faults.take(Fault.ServerDeletionFails.class, server.name(), server.id());
        if (failure.isPresent()) {
            String message = failure.get().message() == null
                    ? "Failed to terminate instance: the hypervisor refused."
                    : failure.get().message();
            servers.put(server.with(server.state().deletionFailed(message, engine.now()), engine.now()));
        } else {
            finish(server, true);
        }
    }

    private void finish(Server server, boolean answersForAMoment) {
        release.all(server);
        faults.take(Fault.DeletedShown.class, server.name(), server.id())
                .ifPresent(fault -> shown.begin(server.id(), fault.delay()));
        boolean answers = answersForAMoment || shown.holds(server.id());
        planNext(servers.put(server.with(server.state().deleted(engine.now(), answers), engine.now())));
    }

    private void hide(Server server) {
        servers.put(server.with(server.state().deleted(engine.now(), false), server.updatedAt()));
    }

    private void plan(Duration delay, Server server, Consumer<Server> step) {
        engine.after(
                delay,
                () -> servers.find(server.id())
                        .filter(current -> current.state().equals(server.state()))
                        .ifPresent(step));
    }
}
