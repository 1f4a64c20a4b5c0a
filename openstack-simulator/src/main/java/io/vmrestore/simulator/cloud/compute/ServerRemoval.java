package io.vmrestore.simulator.cloud.compute;

import io.vmrestore.simulator.cloud.Engine;
import io.vmrestore.simulator.cloud.Latencies;
import io.vmrestore.simulator.cloud.Table;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A server's end: deleting, then DELETED for a moment, then not found. */
final class ServerRemoval {
    private final Engine engine;
    private final Supplier<Latencies> latencies;
    private final Table<Server> servers;
    private final ServerDevices devices;

    ServerRemoval(Engine engine, Supplier<Latencies> latencies, Table<Server> servers, Servers.Parts parts) {
        this.engine = engine;
        this.latencies = latencies;
        this.servers = servers;
        this.devices = new ServerDevices(engine, parts);
    }

    /** A server without a host is gone at once; any other is deleted by its host after a while. */
    void start(Server server) {
        if (server.state().host() == null) {
            finish(server, false);
        } else {
            planNext(servers.put(server.with(server.state().deleting(), engine.now())));
        }
    }

    /** Plans what comes after the state the server is in. */
    void planNext(Server server) {
        Duration half = latencies.get().serverDelete().dividedBy(2);
        switch (server.state().vmState()) {
            case BUILDING -> plan(half, server, this::showActiveForAMoment);
            case ACTIVE, STOPPED, ERROR ->
                plan(
                        server.state().taskState() == null ? half : half.multipliedBy(2),
                        server,
                        running -> finish(running, true));
            case DELETED -> {
                if (server.state().shown()) {
                    plan(latencies.get().deletedShown(), server, this::hide);
                }
            }
        }
    }

    /** The build ends before the host gets to the deletion: a moment of ACTIVE without a task. */
    private void showActiveForAMoment(Server server) {
        planNext(servers.put(server.with(server.state().launched(engine.now()), engine.now())));
    }

    private void finish(Server server, boolean shown) {
        devices.unplug(server);
        devices.releaseVolumes(server);
        devices.deleteVolumes(server);
        planNext(servers.put(server.with(server.state().deleted(engine.now(), shown), engine.now())));
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
