package io.vmrestore.simulator.cloud.compute;

import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Resource;
import io.vmrestore.simulator.engine.Table;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.Faults;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the compute host answers, for all of its servers or for some. */
public final class Hosts {
    private static final String UP = "UP";
    private static final String DOWN = "DOWN";

    private final Faults faults;
    private final Table<DisabledHost> disabled;

    /** A host that gets no new servers. */
    record DisabledHost(String id, @Nullable String reason) implements Resource {}

    Hosts(Engine engine, Faults faults) {
        this.faults = faults;
        this.disabled = engine.table("disabled-hosts", DisabledHost.class);
    }

    /** Lets the host have new servers, or not. */
    public void enable(String host, boolean enabled, @Nullable String reason) {
        if (enabled) {
            disabled.remove(host);
        } else {
            disabled.put(new DisabledHost(host, reason));
        }
    }

    public boolean isEnabled(String host) {
        return disabled.find(host).isEmpty();
    }

    public @Nullable String disabledReason(String host) {
        return disabled.find(host).map(DisabledHost::reason).orElse(null);
    }

    /** Whether the scheduler may choose the host. */
    boolean takesServers(String host) {
        return isUp(host) && isEnabled(host);
    }

    /** What administrators see as {@code host_status}; empty for a server that is on no host. */
    public String status(Server server) {
        @Nullable String host = server.state().host();
        return host == null ? "" : status(server.name(), server.id(), host);
    }

    /** Whether the host as a whole answers, as {@code os-services} tells. */
    public boolean isUp(String host) {
        return status(host).equals(UP);
    }

    boolean isDown(Server server) {
        return server.state().host() != null && !status(server).equals(UP);
    }

    private String status(String... subjects) {
        Optional<Fault.HostDown> down = faults.lasting(Fault.HostDown.class, subjects);
        return down.map(fault -> fault.status() == null ? DOWN : fault.status()).orElse(UP);
    }
}
