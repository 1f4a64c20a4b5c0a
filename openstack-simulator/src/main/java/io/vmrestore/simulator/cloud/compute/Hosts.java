package io.vmrestore.simulator.cloud.compute;

import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.Faults;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the compute host answers, for all of its servers or for some. */
public final class Hosts {
    private static final String UP = "UP";
    private static final String DOWN = "DOWN";

    private final Faults faults;

    Hosts(Faults faults) {
        this.faults = faults;
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
