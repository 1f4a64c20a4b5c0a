package io.vmrestore.simulator;

import io.netty.handler.timeout.WriteTimeoutHandler;
import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.cloud.volume.Snapshot;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.engine.WallClock;
import io.vmrestore.simulator.faults.Faults;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.store.Journal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** A running simulated OpenStack: Keystone, Nova, Cinder and Neutron on one port. */
public final class Simulator implements AutoCloseable {
    private static final int MAX_HEADER = 64 << 10;
    private static final int MOST_CONNECTIONS = 4_000;
    /** Longer than clients keep a connection that they do not use. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** For a client to send a request, and to take a part of the answer. */
    private static final Duration SLOWEST = Duration.ofSeconds(30);

    private static final Duration QUIET = Duration.ofMillis(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Cloud cloud;
    private final WallClock clock;
    private final @Nullable Journal journal;
    private final LoopResources threads;
    private final DisposableServer server;

    private Simulator(
            Cloud cloud, WallClock clock, @Nullable Journal journal, LoopResources threads, DisposableServer server) {
        this.cloud = cloud;
        this.clock = clock;
        this.journal = journal;
        this.threads = threads;
        this.server = server;
    }

    /** Starts a simulator; it answers when this returns. */
    public static Simulator start(SimulatorSettings settings) {
        WallClock clock = new WallClock();
        Cloud cloud = new Cloud(clock, new SecureRandom(), settings.latencies(), settings.tokenLifetime());
        cloud.maxPage(settings.maxPage());
        @Nullable
        Journal journal =
                settings.dataDirectory() == null ? null : Journal.open(settings.dataDirectory(), cloud.engine());
        if (settings.sampleCloud() && isEmpty(cloud)) {
            SampleCloud.fill(cloud);
        }
        cloud.resume();
        LoopResources threads = LoopResources.create("simulator", 2, true);
        DisposableServer server = HttpServer.create()
                .runOn(threads)
                .host(settings.bindAddress())
                .port(settings.port())
                .maxConnections(MOST_CONNECTIONS)
                .idleTimeout(IDLE)
                .requestTimeout(SLOWEST)
                .doOnConnection(connection ->
                        connection.addHandlerFirst(new WriteTimeoutHandler(SLOWEST.toMillis(), TimeUnit.MILLISECONDS)))
                .httpRequestDecoder(decoder -> decoder.maxHeaderSize(MAX_HEADER).maxInitialLineLength(MAX_HEADER))
                .handle(new ReactorHttpHandlerAdapter(CloudRouter.handler(cloud, settings.advertisedUrl())))
                .bindNow();
        return new Simulator(cloud, clock, journal, threads, server);
    }

    public int port() {
        return server.port();
    }

    /** Scheme, host and port. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** What a client takes as OS_AUTH_URL. */
    public String authUrl() {
        return url() + "/identity/v3";
    }

    /** The cloud itself, for tests that arrange or judge; use it inside {@link Cloud#execute}. */
    public Cloud cloud() {
        return cloud;
    }

    public Faults faults() {
        return cloud.faults();
    }

    /** The servers of all projects that are not deleted, as they are now. */
    public List<Server> servers() {
        return cloud.execute(() -> cloud.servers().all().filter(Server::exists).toList());
    }

    /** The volumes of all projects, as they are now. */
    public List<Volume> volumes() {
        return cloud.execute(() -> cloud.volumes().all().toList());
    }

    /** The snapshots of all projects, as they are now. */
    public List<Snapshot> snapshots() {
        return cloud.execute(() -> cloud.volumes().snapshots().all().toList());
    }

    /** The ports of all projects, as they are now. */
    public List<Port> ports() {
        return cloud.execute(() -> cloud.ports().all().toList());
    }

    /** Waits for the simulator's end. */
    public void await() {
        server.onDispose().block();
    }

    @Override
    public void close() {
        server.disposeNow(PATIENCE);
        threads.disposeLater(QUIET, PATIENCE).block();
        clock.close();
        if (journal != null) {
            cloud.run(journal::close);
        }
    }

    private static boolean isEmpty(Cloud cloud) {
        return cloud.execute(() -> cloud.identity().projects().findAny().isEmpty());
    }
}
