package io.vmrestore.standalone;

import io.vmrestore.embedded.DatabaseEndpoint;
import io.vmrestore.embedded.testing.ChildJvm;
import io.vmrestore.embedded.testing.TestInfrastructure;
import io.vmrestore.simulator.Simulator;
import io.vmrestore.standalone.server.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The services as real processes that a test may kill, over the test's broker and database and a simulated cloud in the
 * test's own JVM, where the truth can be read.
 */
final class Fleet implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private final Simulator simulator;
    private final Map<String, String> environment = new TreeMap<>();
    private final Map<Service, ChildJvm> processes = new EnumMap<>(Service.class);

    Fleet(Simulator simulator, Map<String, String> cloud) {
        this.simulator = simulator;
        DatabaseEndpoint database = TestInfrastructure.newDatabase();
        environment.putAll(cloud);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", TestInfrastructure.kafkaBootstrapServers());
        environment.put("RESTORE_DB_HOST", database.host());
        environment.put("RESTORE_DB_PORT", Integer.toString(database.port()));
        environment.put("RESTORE_DB_NAME", database.database());
        environment.put("RESTORE_DB_USER", database.user());
        environment.put("RESTORE_DB_PASSWORD", database.password());
        environment.put("RESTORE_JWT_SECRET", KEY);
        environment.put("RESTORE_ENCRYPTION_KEY", KEY);
        environment.put("RESTORE_ENABLED", "true");
    }

    Simulator simulator() {
        return simulator;
    }

    /** Starts all four services and returns a client of the gateway. */
    RestClient startAll() {
        launch(Service.STATUS);
        launch(Service.PLANNER);
        launch(Service.EXECUTOR);
        environment.put("RESTORE_STATUS_URL", "http://127.0.0.1:" + ready(Service.STATUS));
        launch(Service.GATEWAY);
        ready(Service.PLANNER);
        ready(Service.EXECUTOR);
        return new RestClient("http://127.0.0.1:" + ready(Service.GATEWAY));
    }

    /** Starts a service anew; returns when it is ready. */
    void start(Service service) {
        launch(service);
        ready(service);
    }

    /** Kills a service as {@code kill -9} does. */
    void kill(Service service) {
        ChildJvm process = processes.remove(service);
        if (process == null) {
            throw new IllegalStateException(service + " does not run");
        }
        process.kill();
    }

    @Override
    public void close() {
        processes.values().forEach(ChildJvm::close);
        simulator.close();
    }

    private void launch(Service service) {
        List<String> arguments = new ArrayList<>(List.of(service.name()));
        environment.forEach((name, value) -> arguments.add(name + "=" + value));
        processes.put(service, ChildJvm.start(ServiceProcess.class, arguments.toArray(String[]::new)));
    }

    private String ready(Service service) {
        return processes.get(service).awaitLine(ServiceProcess.READY, START_LIMIT);
    }
}
