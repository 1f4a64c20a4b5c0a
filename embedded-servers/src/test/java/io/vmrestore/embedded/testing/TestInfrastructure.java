package io.vmrestore.embedded.testing;

import io.vmrestore.embedded.DatabaseEndpoint;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/**
 * One Kafka broker and one PostgreSQL server per test JVM, each started when it is first asked for and stopped at the
 * JVM's end: containers where a Docker engine answers, otherwise the embedded ones, so no test is ever skipped. The
 * environment variable {@code RESTORE_TEST_INFRASTRUCTURE=containers|embedded} decides instead of the engine.
 */
public final class TestInfrastructure {
    /** The environment variable that overrides the choice. */
    public static final String CHOICE_VARIABLE = "RESTORE_TEST_INFRASTRUCTURE";

    private static final Logger log = LoggerFactory.getLogger(TestInfrastructure.class);

    private TestInfrastructure() {}

    /** Whether this JVM's broker and database are containers. */
    public static boolean usesContainers() {
        return Choice.CONTAINERS;
    }

    /** The broker's address, {@code host:port}. Tests share it: use topic names and group ids of your own. */
    public static String kafkaBootstrapServers() {
        return Kafka.BOOTSTRAP_SERVERS;
    }

    /** Creates an empty database with a random name, for one test class or one application context. */
    public static DatabaseEndpoint newDatabase() {
        DatabaseEndpoint server = Database.SERVER;
        String name = "test_" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot create a test database on " + server + ": " + e.getMessage(), e);
        }
        return server.withDatabase(name);
    }

    /**
     * Where the embedded databases of all test JVMs of a user share PostgreSQL's programs, so that one unpacks them.
     */
    public static Path postgresPrograms() {
        return EmbeddedServers.PROGRAMS;
    }

    /**
     * Reads the choice.
     *
     * @param variable value of {@link #CHOICE_VARIABLE}, empty where it is not set
     * @param engineAnswers asked only where the variable leaves it open
     */
    static boolean chooseContainers(String variable, BooleanSupplier engineAnswers) {
        return switch (variable) {
            case "containers" -> true;
            case "embedded" -> false;
            case "" -> engineAnswers.getAsBoolean();
            default ->
                throw new IllegalArgumentException(
                        CHOICE_VARIABLE + "=" + variable + " is unknown: use containers or embedded, or leave it out");
        };
    }

    private static final class Choice {
        static final boolean CONTAINERS = choose();

        private static boolean choose() {
            String variable = System.getenv().getOrDefault(CHOICE_VARIABLE, "");
            boolean containers = chooseContainers(variable, Choice::engineAnswers);
            log.info(
                    "Test infrastructure: {} Kafka and PostgreSQL ({})",
                    containers ? "containers for" : "embedded",
                    variable.isEmpty()
                            ? (containers ? "a Docker engine answers" : "no usable Docker engine")
                            : CHOICE_VARIABLE + "=" + variable);
            return containers;
        }

        /** An engine may answer and still refuse Testcontainers' own containers, which it starts to find that out. */
        private static boolean engineAnswers() {
            try {
                return DockerClientFactory.instance().isDockerAvailable();
            } catch (RuntimeException e) {
                log.warn("A Docker engine answers, but Testcontainers cannot use it: {}", e.toString());
                return false;
            }
        }
    }

    private static final class Kafka {
        static final String BOOTSTRAP_SERVERS =
                usesContainers() ? ContainerServers.startKafka() : EmbeddedServers.startKafka();
    }

    private static final class Database {
        static final DatabaseEndpoint SERVER =
                usesContainers() ? ContainerServers.startDatabase() : EmbeddedServers.startDatabase();
    }
}
