package io.vmrestore.simulator.cloud.compute;

import io.vmrestore.simulator.cloud.Engine;
import io.vmrestore.simulator.cloud.Latencies;
import io.vmrestore.simulator.cloud.Refused;
import io.vmrestore.simulator.cloud.Table;
import java.util.Objects;
import java.util.function.Supplier;

/** Stops and starts servers. */
final class ServerPower {
    private final Engine engine;
    private final Supplier<Latencies> latencies;
    private final Table<Server> servers;

    ServerPower(Engine engine, Supplier<Latencies> latencies, Table<Server> servers) {
        this.engine = engine;
        this.latencies = latencies;
        this.servers = servers;
    }

    void stop(Server server) {
        begin("stop", server, VmState.ACTIVE, Task.POWERING_OFF);
    }

    void start(Server server) {
        begin("start", server, VmState.STOPPED, Task.POWERING_ON);
    }

    void planNext(Server server) {
        if (Objects.equals(server.state().taskState(), Task.POWERING_OFF)) {
            plan(server, VmState.STOPPED);
        } else if (Objects.equals(server.state().taskState(), Task.POWERING_ON)) {
            plan(server, VmState.ACTIVE);
        }
    }

    private void begin(String action, Server server, VmState required, String task) {
        if (server.state().taskState() != null) {
            throw Refused.conflict("Cannot '" + action + "' instance " + server.id() + " while it is in task_state "
                    + server.state().taskState());
        }
        if (server.state().vmState() != required) {
            throw Refused.conflict("Cannot '" + action + "' instance " + server.id() + " while it is in vm_state "
                    + server.state().vmState().text());
        }
        planNext(servers.put(server.with(server.state().to(required, task), engine.now())));
    }

    private void plan(Server server, VmState target) {
        engine.after(
                latencies.get().power(),
                () -> servers.find(server.id())
                        .filter(current -> Objects.equals(
                                current.state().taskState(), server.state().taskState()))
                        .ifPresent(current ->
                                servers.put(current.with(current.state().to(target, null), engine.now()))));
    }
}
