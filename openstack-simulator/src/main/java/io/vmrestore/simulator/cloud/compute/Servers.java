package io.vmrestore.simulator.cloud.compute;

import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.image.Image;
import io.vmrestore.simulator.cloud.network.Networks;
import io.vmrestore.simulator.cloud.network.Ports;
import io.vmrestore.simulator.cloud.network.SecurityGroups;
import io.vmrestore.simulator.cloud.volume.Volumes;
import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Latencies;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.engine.Quotas;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.engine.Table;
import io.vmrestore.simulator.faults.Faults;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Servers: what callers may ask of them. */
public final class Servers {
    /** The only compute host. */
    public static final String HOST = "simulator-compute";

    private final Engine engine;
    private final Table<Server> table;
    private final Table<Flavor> flavors;
    private final Table<ServerGroup> groups;
    private final KeyPairs keyPairs;
    private final ServerLimits limits;
    private final ServerAcceptance acceptance;
    private final ServerBuild build;
    private final ServerRemoval removal;
    private final ServerPower power;
    private final Hosts hosts;

    /**
     * What servers are made of, besides what is Nova's own.
     *
     * @param callers whom Nova calls the other services for
     */
    public record Parts(
            Volumes volumes,
            Ports ports,
            Networks networks,
            SecurityGroups securityGroups,
            Table<Image> images,
            Function<Owner, Caller> callers) {}

    public Servers(Engine engine, Supplier<Latencies> latencies, Faults faults, Parts parts) {
        this.engine = engine;
        this.table = engine.table("servers", Server.class);
        this.flavors = engine.table("flavors", Flavor.class);
        this.groups = engine.table("server-groups", ServerGroup.class);
        this.keyPairs = new KeyPairs(engine);
        this.limits = new ServerLimits(engine, table);
        this.acceptance = new ServerAcceptance(this, parts);
        this.hosts = new Hosts(engine, faults);
        this.build = new ServerBuild(engine, latencies, faults, table, hosts, parts);
        this.removal = new ServerRemoval(engine, latencies, faults, table, hosts, parts);
        this.power = new ServerPower(engine, latencies, table, hosts);
    }

    public Table<Flavor> flavors() {
        return flavors;
    }

    public Table<ServerGroup> groups() {
        return groups;
    }

    public KeyPairs keyPairs() {
        return keyPairs;
    }

    public Quotas quotas() {
        return limits.quotas();
    }

    public ServerLimits limits() {
        return limits;
    }

    public Hosts hosts() {
        return hosts;
    }

    public Stream<Server> all() {
        return table.stream();
    }

    public Optional<Server> find(String id) {
        return table.find(id);
    }

    /** Adds a server that exists already. */
    public Server add(Server server) {
        return table.put(server);
    }

    /** The server as the API shows it: also for a moment after its deletion. */
    public Server visible(Caller caller, String id) {
        return table.find(id)
                .filter(server -> server.state().shown() && caller.sees(server.projectId()))
                .orElseThrow(() -> Refused.notFound("Instance " + id + " could not be found."));
    }

    /** Accepts a server after Nova's own checks; it becomes active, or fails, later. */
    public Server create(Caller caller, ServerRequest request) {
        ServerAcceptance.Accepted accepted = acceptance.check(caller, request);
        Server server = table.put(accepted.server(engine, table.all().size() + 1));
        acceptance.reserveVolumes(server);
        build.planNext(server);
        return server;
    }

    /** Starts deleting; repeated requests change nothing. */
    public void delete(Caller caller, String id) {
        Server server = existing(caller, id);
        requireChangeable(caller, server);
        if (!server.state().deletionRequested()) {
            removal.start(server);
        }
    }

    /** Deletes for good, also what was deleted softly. */
    public void forceDelete(Caller caller, String id) {
        Server server = changeable(caller, id);
        if (!server.state().deletionRequested()) {
            removal.force(server);
        }
    }

    /** Takes a soft deletion back. */
    public void restore(Caller caller, String id) {
        power.restore(changeable(caller, id));
    }

    public void reboot(Caller caller, String id, boolean hard) {
        power.reboot(changeable(caller, id), hard);
    }

    public void stop(Caller caller, String id) {
        power.stop(changeable(caller, id));
    }

    public void start(Caller caller, String id) {
        power.start(changeable(caller, id));
    }

    public void lock(Caller caller, String id, @Nullable String reason) {
        Server server = existing(caller, id);
        requireMember(caller);
        String by = caller.projectId().equals(server.projectId()) ? ServerState.OWNER : ServerState.ADMIN;
        table.put(server.with(server.state().lock(by, reason), server.updatedAt()));
    }

    public void unlock(Caller caller, String id) {
        Server server = existing(caller, id);
        requireMember(caller);
        if (ServerState.ADMIN.equals(server.state().lockedBy()) && !caller.isAdmin()) {
            throw Refused.forbidden(
                    "Policy doesn't allow os_compute_api:os-lock-server:unlock:unlock_override to be performed.");
        }
        table.put(server.with(server.state().lock(null, null), server.updatedAt()));
    }

    /** Sets the state as an administrator's reset does; what runs goes on running. */
    public void reset(Caller caller, String id, VmState state) {
        if (!caller.isAdmin()) {
            throw Refused.forbidden(
                    "Policy doesn't allow os_compute_api:os-admin-actions:reset_state to be performed.");
        }
        Server server = existing(caller, id);
        table.put(server.with(server.state().to(state, null), engine.now()));
    }

    /** Changes what is not null. */
    public Server rename(Caller caller, String id, @Nullable String name, @Nullable String description) {
        Server server = changeable(caller, id);
        return table.put(server.with(server.spec().named(name, description), engine.now()));
    }

    public Server setMetadata(Caller caller, String id, Map<String, String> metadata) {
        Server server = changeable(caller, id);
        return table.put(server.with(server.spec().withMetadata(Map.copyOf(metadata)), engine.now()));
    }

    public Server setTags(Caller caller, String id, List<String> tags) {
        Server server = changeable(caller, id);
        return table.put(
                server.with(server.spec().withTags(tags.stream().distinct().toList()), engine.now()));
    }

    /** The volume becomes a further disk of the running server. */
    public Disk attach(Caller caller, String id, String volumeId, boolean deleteOnTermination) {
        return build.attach(caller, changeable(caller, id), volumeId, deleteOnTermination);
    }

    /** The volume stops being a disk of the server; the boot disk cannot. */
    public void detach(Caller caller, String id, String volumeId) {
        build.detach(changeable(caller, id), volumeId);
    }

    /** Plans again what was under way when the state was written. */
    public void resume() {
        for (Server server : List.copyOf(table.all())) {
            if (server.state().deletionRequested()) {
                removal.planNext(server);
            } else if (server.state().vmState() == VmState.BUILDING) {
                build.planNext(server);
            } else if (Task.SOFT_DELETING.equals(server.state().taskState())) {
                removal.planNext(server);
            } else {
                power.planNext(server);
            }
        }
    }

    private Server existing(Caller caller, String id) {
        return Optional.of(visible(caller, id))
                .filter(Server::exists)
                .orElseThrow(() -> Refused.notFound("Instance " + id + " could not be found."));
    }

    private Server changeable(Caller caller, String id) {
        Server server = existing(caller, id);
        requireChangeable(caller, server);
        return server;
    }

    private static void requireMember(Caller caller) {
        if (!caller.mayChange()) {
            throw Refused.forbidden("Policy doesn't allow os_compute_api:servers to be performed.");
        }
    }

    private static void requireChangeable(Caller caller, Server server) {
        requireMember(caller);
        if (server.state().locked() && !caller.isAdmin()) {
            throw Refused.conflict("Instance " + server.id() + " is locked");
        }
    }
}
