package io.vmrestore.status.testing;

import static org.awaitility.Awaitility.await;

import io.vmrestore.embedded.DatabaseEndpoint;
import io.vmrestore.embedded.testing.TestInfrastructure;
import io.vmrestore.status.StatusApplication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The service as it runs in production, over the shared broker and a database of the test's choice. */
public final class StatusService implements AutoCloseable {
    static final int TOPIC_PARTITIONS = 4;

    public static final String SECRET = "a-test-secret-of-more-than-32-bytes!";

    private final ConfigurableApplicationContext context;
    private final DatabaseEndpoint database;

    private StatusService(ConfigurableApplicationContext context, DatabaseEndpoint database) {
        this.context = context;
        this.database = database;
    }

    /** One ready instance for all tests of this JVM that need no other; it ends with the JVM. */
    public static StatusService shared() {
        return Shared.SERVICE;
    }

    private static final class Shared {
        static final StatusService SERVICE = start().awaitReady();
    }

    /** Starts an instance with a database and a consumer group of its own. */
    public static StatusService start() {
        return start(TestInfrastructure.newDatabase(), "status-" + UUID.randomUUID());
    }

    /** Starts an instance; several with the same database and group share the work. */
    public static StatusService start(DatabaseEndpoint database, String group, String... arguments) {
        return startWith(TestInfrastructure.kafkaBootstrapServers(), database, group, arguments);
    }

    /** Starts an instance with any broker. */
    public static StatusService startWith(String broker, DatabaseEndpoint database, String group, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--KAFKA_BOOTSTRAP_SERVERS=" + broker,
                "--RESTORE_DB_HOST=" + database.host(),
                "--RESTORE_DB_PORT=" + database.port(),
                "--RESTORE_DB_NAME=" + database.database(),
                "--RESTORE_DB_USER=" + database.user(),
                "--RESTORE_DB_PASSWORD=" + database.password(),
                "--RESTORE_JWT_SECRET=" + SECRET,
                "--RESTORE_TOPIC_PARTITIONS=" + TOPIC_PARTITIONS,
                "--RESTORE_TOPIC_REPLICATION=1",
                "--restore.status.consumer-group=" + group,
                "--server.port=0",
                "--management.server.port=0",
                "--server.address=127.0.0.1"));
        all.addAll(List.of(arguments));
        return new StatusService(StatusApplication.builder().run(all.toArray(String[]::new)), database);
    }

    /** Waits until the service says that it is ready. */
    public StatusService awaitReady() {
        await("readiness")
                .atMost(Duration.ofSeconds(90))
                .until(() -> management().get("/actuator/health/readiness").statusCode() == 200);
        return this;
    }

    /** A client with a token of this role. */
    public HttpProbe http(String role) {
        return new HttpProbe(port(), Tokens.of(role));
    }

    /** A client of the management port. */
    public HttpProbe management() {
        return new HttpProbe(managementPort());
    }

    /** What the service itself works with. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** A setting as the service has it. */
    public String setting(String name) {
        return context.getEnvironment().getRequiredProperty(name);
    }

    public TestDatabase database() {
        return TestDatabase.of(database);
    }

    /** Whether requests wait for a change, by the service's own metric. */
    public boolean hasWaitingReaders() {
        return !management().get("/actuator/prometheus").body().contains("restore_status_waiting 0.0");
    }

    public int port() {
        return ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    public int managementPort() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.management.port"));
    }

    @Override
    public void close() {
        context.close();
    }
}
