package io.vmrestore.status;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What can be set on this service alone, bound from the environment by {@code status-service.yml} and checked at start.
 *
 * @param consumerGroup the group of instances that share one database
 * @param heartbeat time between two signs of life in a stream of events
 */
@ConfigurationProperties("restore.status")
public record StatusSettings(String consumerGroup, Duration heartbeat, Database database) {
    private static final int HIGHEST_PORT = 65_535;

    /** @throws IllegalArgumentException naming the environment variable and the remedy, never the value of a secret */
    public StatusSettings {
        require(!consumerGroup.isBlank(), "restore.status.consumer-group must not be empty");
        require(heartbeat.isPositive(), "restore.status.heartbeat must be longer than zero");
    }

    /** Where the tables are. */
    public record Database(String host, int port, String name, String user, String password) {

        /** @throws IllegalArgumentException as in {@link StatusSettings} */
        public Database {
            require(!host.isBlank(), "RESTORE_DB_HOST must not be empty: set it to PostgreSQL's host name or address");
            require(port > 0 && port <= HIGHEST_PORT, "RESTORE_DB_PORT must be 1 to 65535, not " + port);
            require(!name.isBlank(), "RESTORE_DB_NAME must not be empty: set it to the database's name");
            require(!user.isBlank(), "RESTORE_DB_USER must not be empty: set it to the role that owns the tables");
            require(!password.isBlank(), "RESTORE_DB_PASSWORD is missing: set it to the password of role " + user);
        }

        @Override
        public String toString() {
            return user + "@" + host + ":" + port + "/" + name;
        }
    }

    @Override
    public String toString() {
        return "StatusSettings[database=" + database + ", consumerGroup=" + consumerGroup + "]";
    }

    private static void require(boolean met, String message) {
        if (!met) {
            throw new IllegalArgumentException(message);
        }
    }
}
