package io.vmrestore.embedded.testing;

import io.vmrestore.embedded.BrokerProperties;
import io.vmrestore.embedded.DatabaseEndpoint;
import java.util.Locale;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The servers as containers of the public images; Testcontainers removes them at the JVM's end, however it ends. */
final class ContainerServers {
    private static final String KAFKA_IMAGE = "apache/kafka:4.2.2";
    private static final String POSTGRES_IMAGE = "postgres:18";

    private ContainerServers() {}

    // Closed by Testcontainers' cleaner, because the container lives as long as the JVM.
    @SuppressWarnings("resource")
    static String startKafka() {
        KafkaContainer kafka = new KafkaContainer(KAFKA_IMAGE);
        BrokerProperties.behaviour()
                .forEach((name, value) ->
                        kafka.withEnv("KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        kafka.start();
        return kafka.getBootstrapServers();
    }

    @SuppressWarnings("resource")
    static DatabaseEndpoint startDatabase() {
        PostgreSQLContainer postgres = new PostgreSQLContainer(POSTGRES_IMAGE)
                .withCommand("postgres", "-c", "max_connections=" + EmbeddedServers.MAX_CONNECTIONS);
        postgres.start();
        return new DatabaseEndpoint(
                postgres.getHost(),
                postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                postgres.getDatabaseName(),
                postgres.getUsername(),
                postgres.getPassword());
    }
}
