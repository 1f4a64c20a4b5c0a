package io.vmrestore.simulator.cloud.compute;

import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Latencies;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.engine.Table;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stops, starts, reboots and restores servers. On a host that does not answer nothing of it comes to its end. */
final class ServerPower {
    private static final Map<String, VmState> TARGETS = Map.of(
            Task.POWERING_OFF, VmState.STOPPED,
            Task.POWERING_ON, VmState.ACTIVE,
            Task.REBOOTING, VmState.ACTIVE,
            Task.REBOOTING_HARD, VmState.ACTIVE,
            Task.RESTORING, VmState.ACTIVE);

    private final Engine engine;
    private final Supplier<Latencies> latencies;
    private final Table<Server> servers;
    private final Hosts hosts;

    ServerPower(Engine engine, Supplier<Latencies> latencies, Table<Server> servers, Hosts hosts) {
        this.engine = engine;
        this.latencies = latencies;
        this.servers = servers;
        this.hosts = hosts;
    }

    void stop(Server server) {
        begin("stop", server, Set.of(VmState.ACTIVE), Task.POWERING_OFF);
    }

    void start(Server server) {
        begin("start", server, Set.of(VmState.STOPPED), Task.POWERING_ON);
    }

    void reboot(Server server, boolean hard) {
        if (hard) {
            Set<VmState> required = Set.of(VmState.ACTIVE, VmState.STOPPED, VmState.ERROR);
            begin("reboot", server, required, Task.REBOOTING_HARD);
        } else {
            begin("reboot", server, Set.of(VmState.ACTIVE), Task.REBOOTING);
        }
    }

    /** Takes a soft deletion back. */
    void restore(Server server) {
        begin("restore", server, Set.of(VmState.SOFT_DELETED), Task.RESTORING);
    }

    /** Refuses what cannot be done to a server in its state, in Nova's words. */
    static void require(String action, Server server, Set<VmState> states) {
        if (server.state().taskState() != null) {
            throw Refused.conflict("Cannot '" + action + "' instance " + server.id() + " while it is in task_state "
                    + server.state().taskState());
        }
        if (!states.contains(server.state().vmState())) {
            throw Refused.conflict("Cannot '" + action + "' instance " + server.id() + " while it is in vm_state "
                    + server.state().vmState().text());
        }
    }

    void planNext(Server server) {
        target(server.state().taskState()).ifPresent(target -> plan(server, target));
    }

    private void begin(String action, Server server, Set<VmState> required, String task) {
        require(action, server, required);
        planNext(servers.put(server.with(server.state().to(server.state().vmState(), task), engine.now())));
    }

    private void plan(Server server, VmState target) {
        engine.after(
                latencies.get().power(),
                () -> servers.find(server.id())
                        .filter(current -> Objects.equals(
                                current.state().taskState(), server.state().taskState()))
                        .filter(current -> !hosts.isDown(current))
                        .ifPresent(current ->
                                servers.put(current.with(current.state().to(target, null), engine.now()))));
    }

    private static Optional<VmState> target(@Nullable String task) {
        return task == null ? Optional.empty() : Optional.ofNullable(TARGETS.get(task));
    }
}
