package io.vmrestore.standalone.server;

import io.vmrestore.embedded.DirectoryLock;
import io.vmrestore.embedded.EmbeddedBroker;
import io.vmrestore.embedded.EmbeddedBrokerSettings;
import io.vmrestore.embedded.EmbeddedDatabase;
import io.vmrestore.embedded.EmbeddedDatabaseSettings;
import io.vmrestore.embedded.EmbeddedStartException;
import io.vmrestore.simulator.Simulator;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The running system: embedded servers first, then the four services side by side. The services are the same programs
 * that run alone elsewhere and talk to each other only through Kafka, PostgreSQL and HTTP.
 */
public final class StandaloneServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StandaloneServer.class);
    private static final Pattern PASSED_ON = Pattern.compile("(RESTORE|OS|SNAPSHOT|KAFKA)_.*");

    private final StandaloneSettings settings;
    private final Map<String, String> environment;
    // Closed in the reverse of this order.
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private @Nullable Simulator simulator;
    private @Nullable Instance instance;

    private StandaloneServer(StandaloneSettings settings) {
        this.settings = settings;
        this.environment = new LinkedHashMap<>(settings.environment());
    }

    /**
     * Starts everything and returns when every part is ready.
     *
     * @throws IllegalArgumentException if a setting cannot be used
     * @throws StartRefusedException if its directory or its ports cannot be used
     * @throws EmbeddedStartException if broker or database do not start, or another instance uses the directory
     */
    public static StandaloneServer start(StandaloneSettings settings) {
        StandaloneServer server = new StandaloneServer(settings);
        try {
            server.startAll();
            return server;
        } catch (RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    /** Tells others where this instance is, by a file in the data directory and a line in the log. */
    public void announce() {
        Instance running = instance();
        running.write(settings.dataDirectory());
        LOG.info("Ready: {}", running);
    }

    public Instance instance() {
        if (instance == null) {
            throw new IllegalStateException("Not started");
        }
        return instance;
    }

    /** The simulated cloud, for tests that compare with the truth. */
    public Simulator simulator() {
        if (simulator == null) {
            throw new IllegalStateException("This instance works with a real cloud");
        }
        return simulator;
    }

    /** What the services were started with, so that a test can start more of them as processes. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    @Override
    public void close() {
        if (instance != null) {
            Instance.remove(settings.dataDirectory());
        }
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception failed) {
                LOG.warn("Could not stop {}", part, failed);
            }
        }
    }

    private void startAll() {
        Path data = DataDirectory.require(settings.dataDirectory());
        keep(DirectoryLock.acquire("The system", data));
        Ports.of(settings).requireFree();
        environment.putIfAbsent("RESTORE_ENABLED", "true");
        Secrets.in(data).forEach(environment::putIfAbsent);
        try (ExecutorService starters = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("standalone-start-", 0).factory())) {
            startServers(data, starters);
            startServices(starters);
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private void startServers(Path data, ExecutorService starters) {
        var broker = CompletableFuture.runAsync(() -> startBroker(data.resolve("kafka")), starters);
        var database = CompletableFuture.runAsync(() -> startDatabase(data.resolve("postgresql")), starters);
        var cloud = CompletableFuture.runAsync(() -> startCloud(), starters);
        CompletableFuture.allOf(broker, database, cloud).join();
    }

    private void startBroker(Path directory) {
        if (settings.embeddedBroker()) {
            EmbeddedBroker broker = keep(
                    EmbeddedBroker.start(EmbeddedBrokerSettings.in(directory).withPort(settings.brokerPort())));
            set("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
            // No planner outlives this broker, so transactions would shut nobody out: docs/adr/0008.
            setUnlessGiven("RESTORE_DISPATCH_GUARANTEE", "at_least_once");
        }
    }

    private void startDatabase(Path directory) {
        if (settings.embeddedDatabase()) {
            EmbeddedDatabase database = keep(EmbeddedDatabase.start(
                    EmbeddedDatabaseSettings.in(directory).withPort(settings.databasePort())));
            var endpoint = database.endpoint();
            set("RESTORE_DB_HOST", endpoint.host());
            set("RESTORE_DB_PORT", Integer.toString(endpoint.port()));
            set("RESTORE_DB_NAME", endpoint.database());
            set("RESTORE_DB_USER", endpoint.user());
            set("RESTORE_DB_PASSWORD", endpoint.password());
        }
    }

    private void startCloud() {
        if (settings.simulatedCloud()) {
            simulator = keep(Simulator.start(settings.simulator()));
            SampleCredentials.of(simulator).forEach(this::set);
        }
    }

    private void startServices(ExecutorService starters) {
        var status = CompletableFuture.supplyAsync(() -> start(Service.STATUS), starters);
        var planner = CompletableFuture.supplyAsync(() -> start(Service.PLANNER), starters);
        var executor = CompletableFuture.supplyAsync(() -> start(Service.EXECUTOR), starters);
        set("RESTORE_STATUS_URL", "http://127.0.0.1:" + port(status.join()));
        set("RESTORE_PLANNER_URL", "http://127.0.0.1:" + port(planner.join()));
        set("RESTORE_GATEWAY_PORT", Integer.toString(settings.gatewayPort()));
        ConfigurableApplicationContext gateway = start(Service.GATEWAY);
        executor.join();
        instance = new Instance(
                ProcessHandle.current().pid(),
                "http://localhost:" + port(gateway),
                value("KAFKA_BOOTSTRAP_SERVERS"),
                value("RESTORE_DB_HOST") + ":" + value("RESTORE_DB_PORT"),
                value("OS_AUTH_URL"),
                settings.simulatedCloud() ? "simulator" : value("OS_AUTH_URL"));
    }

    private ConfigurableApplicationContext start(Service service) {
        Map<String, String> own = new LinkedHashMap<>();
        synchronized (environment) {
            environment.forEach((name, value) -> {
                if (PASSED_ON.matcher(name).matches()) {
                    own.put(name, value);
                }
            });
        }
        return keep(service.start(own));
    }

    private static String port(ConfigurableApplicationContext context) {
        String port = context.getEnvironment().getProperty("local.server.port");
        if (port == null) {
            throw new IllegalStateException(context.getDisplayName() + " serves no HTTP");
        }
        return port;
    }

    private void set(String name, String value) {
        synchronized (environment) {
            environment.put(name, value);
        }
    }

    private void setUnlessGiven(String name, String value) {
        synchronized (environment) {
            environment.putIfAbsent(name, value);
        }
    }

    private String value(String name) {
        synchronized (environment) {
            return environment.getOrDefault(name, "");
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        synchronized (parts) {
            parts.push(part);
        }
        return part;
    }
}
