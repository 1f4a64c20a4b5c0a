package io.vmrestore.simulator.cloud;

import io.vmrestore.simulator.cloud.compute.Servers;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.cloud.identity.Identity;
import io.vmrestore.simulator.cloud.identity.Token;
import io.vmrestore.simulator.cloud.identity.Tokens;
import io.vmrestore.simulator.cloud.image.Image;
import io.vmrestore.simulator.cloud.network.FloatingIps;
import io.vmrestore.simulator.cloud.network.Networks;
import io.vmrestore.simulator.cloud.network.Ports;
import io.vmrestore.simulator.cloud.network.SecurityGroups;
import io.vmrestore.simulator.cloud.other.Things;
import io.vmrestore.simulator.cloud.volume.Volumes;
import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Latencies;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.engine.Table;
import io.vmrestore.simulator.engine.Timeline;
import io.vmrestore.simulator.faults.Faults;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The whole cloud in memory: identity, volumes, networks and servers. Everything happens inside {@link #execute}; what
 * takes time in a genuine cloud happens by transitions that the {@link Timeline} runs.
 */
public final class Cloud {
    /** The most resources that a list gives at once, unless told otherwise. */
    public static final int DEFAULT_MAX_PAGE = 1000;

    private final Engine engine;
    private final Faults faults;
    private final Identity identity;
    private final Tokens tokens;
    private final Table<Image> images;
    private final Volumes volumes;
    private final Networks networks;
    private final SecurityGroups securityGroups;
    private final Ports ports;
    private final FloatingIps floatingIps;
    private final Servers servers;
    private final Things things;
    private volatile Latencies latencies;
    private volatile int maxPage = DEFAULT_MAX_PAGE;

    public Cloud(Timeline timeline, RandomGenerator random, Latencies latencies, Duration tokenLifetime) {
        this.engine = new Engine(timeline, random);
        this.latencies = latencies;
        this.faults = new Faults(engine);
        this.identity = new Identity(engine);
        this.tokens = new Tokens(engine, identity, tokenLifetime);
        this.images = engine.table("images", Image.class);
        this.volumes = new Volumes(engine, this::latencies, faults, images);
        this.networks = new Networks(engine);
        this.securityGroups = new SecurityGroups(engine);
        this.ports = new Ports(engine, networks, securityGroups, faults);
        this.floatingIps = new FloatingIps(engine, networks, ports);
        Servers.Parts parts = new Servers.Parts(volumes, ports, networks, securityGroups, images, this::callerFor);
        this.servers = new Servers(engine, this::latencies, faults, parts);
        this.things = new Things(engine);
    }

    /** Runs an operation alone: no other one, and no transition, sees or makes half a change. */
    public <T> T execute(Supplier<T> operation) {
        return engine.execute(operation);
    }

    public void run(Runnable operation) {
        engine.run(operation);
    }

    /** Plans again what was under way when the state was written. */
    public void resume() {
        run(() -> {
            volumes.resume();
            servers.resume();
            engine.deadlines().resume();
        });
    }

    public Engine engine() {
        return engine;
    }

    public Faults faults() {
        return faults;
    }

    public Identity identity() {
        return identity;
    }

    public Tokens tokens() {
        return tokens;
    }

    public Table<Image> images() {
        return images;
    }

    public Volumes volumes() {
        return volumes;
    }

    public Networks networks() {
        return networks;
    }

    public SecurityGroups securityGroups() {
        return securityGroups;
    }

    public Ports ports() {
        return ports;
    }

    public FloatingIps floatingIps() {
        return floatingIps;
    }

    public Servers servers() {
        return servers;
    }

    /** What the cloud only keeps. */
    public Things things() {
        return things;
    }

    public Latencies latencies() {
        return latencies;
    }

    /** Applies to transitions that begin from now on. */
    public void latencies(Latencies changed) {
        this.latencies = changed;
    }

    /** The most resources that a list gives at once. */
    public int maxPage() {
        return maxPage;
    }

    /** Applies to lists asked for from now on; a small number makes clients page. */
    public void maxPage(int changed) {
        if (changed < 1) {
            throw new IllegalArgumentException("A page has at least one entry, not " + changed + ".");
        }
        this.maxPage = changed;
    }

    /** The owner of a resource as the caller of another service, with the roles they have now. */
    public Caller callerFor(Owner owner) {
        Token token = new Token(
                "internal", owner.userId(), owner.projectId(), List.of(), List.of(), engine.now(), engine.now());
        return new Caller(
                token,
                identity.user(owner.userId()),
                identity.project(owner.projectId()),
                identity.effectiveRoles(owner.userId(), owner.projectId()));
    }
}
