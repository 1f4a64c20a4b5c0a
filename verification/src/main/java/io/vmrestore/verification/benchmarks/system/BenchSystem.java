package io.vmrestore.verification.benchmarks.system;

import io.vmrestore.verification.benchmarks.readings.CpuTimes;
import io.vmrestore.verification.benchmarks.readings.DatabaseStatistics;
import io.vmrestore.verification.benchmarks.readings.HttpMetrics;
import io.vmrestore.verification.benchmarks.readings.KafkaMetrics;
import io.vmrestore.verification.benchmarks.readings.Source;
import io.vmrestore.verification.benchmarks.readings.TopicLog;
import io.vmrestore.verification.processes.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The whole system, one process a part, with a simulated cloud; all of it ends with this JVM at the latest. */
public final class BenchSystem implements AutoCloseable {
    private static final List<Role> KAFKA =
            List.of(Role.GATEWAY, Role.PLANNER, Role.EXECUTOR, Role.STATUS, Role.BROKER);

    private final Path directory;
    private final Settings settings;
    private final Processes processes;
    private final boolean callsCounted;
    private final List<CloudProxy> proxies = new ArrayList<>();
    private final List<KafkaMetrics> connections = new ArrayList<>();
    private final Thread end = new Thread(this::end, "bench-end");

    private BenchSystem(Path directory, CloudDelays delays, boolean callsCounted) {
        this.directory = directory;
        this.settings = new Settings(directory, delays);
        this.processes = new Processes(directory);
        this.callsCounted = callsCounted;
    }

    /**
     * Starts everything and returns when every service says that it is ready.
     *
     * @param callsCounted whether calls of the cloud go through a proxy that counts them, which takes time
     */
    public static BenchSystem start(CloudDelays delays, boolean callsCounted) throws IOException, InterruptedException {
        BenchSystem system = new BenchSystem(Files.createTempDirectory("restore-bench-"), delays, callsCounted);
        // Ctrl-C ends the processes as well.
        Runtime.getRuntime().addShutdownHook(system.end);
        try {
            system.startAll();
            return system;
        } catch (InterruptedException | RuntimeException failed) {
            system.close();
            throw failed;
        }
    }

    /** A client that is signed in. */
    public Caller caller() throws IOException, InterruptedException {
        Caller caller = new Caller(settings.url(Role.GATEWAY));
        caller.login();
        return caller;
    }

    /** CPU time of every process. */
    public Source cpu() {
        return new CpuTimes(processes.handles(settings.databaseDirectory()));
    }

    /** What the database counts, which it tells late: see {@link DatabaseStatistics#REPORTED_AFTER}. */
    public Source database() {
        return new DatabaseStatistics(settings.database());
    }

    /** Everything else that is counted. */
    public List<Source> counts() throws IOException {
        List<Source> sources = new ArrayList<>(proxies);
        sources.add(new TopicLog(settings.brokerDirectory()));
        sources.add(new HttpMetrics(Map.of(
                "status", settings.managementUrl(Role.STATUS), "planner", settings.managementUrl(Role.PLANNER))));
        for (Role role : KAFKA) {
            KafkaMetrics metrics = KafkaMetrics.attach(role.label(), processes.pid(role));
            connections.add(metrics);
            sources.add(metrics);
        }
        return sources;
    }

    /** Ends everything; what it kept is removed. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException ending) {
            // This JVM is ending, and the hook with it.
        }
    }

    private void startAll() throws InterruptedException {
        for (Role server : Processes.SERVERS) {
            processes.launch(server, settings.of(server, ""));
        }
        for (Role server : Processes.SERVERS) {
            processes.awaitStarted(server);
        }
        for (Role service : Processes.SERVICES) {
            processes.launch(service, settings.of(service, cloud(service)));
        }
        for (Role service : Processes.SERVICES) {
            processes.awaitStarted(service);
            processes.awaitReady(service, settings.managementUrl(service) + "/actuator/health/readiness");
        }
    }

    private String cloud(Role service) {
        String direct = settings.url(Role.SIMULATOR);
        if (!callsCounted) {
            return direct;
        }
        CloudProxy proxy = new CloudProxy(service.label(), direct);
        proxies.add(proxy);
        return proxy.url();
    }

    private synchronized void end() {
        connections.forEach(KafkaMetrics::close);
        connections.clear();
        processes.close();
        proxies.forEach(CloudProxy::close);
        proxies.clear();
        delete(directory);
    }

    private static void delete(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + tree, e);
        }
    }
}
