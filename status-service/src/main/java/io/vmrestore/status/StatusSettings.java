package io.vmrestore.status;

import io.vmrestore.support.access.ServiceToken;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Everything that can be set, bound from the environment by {@code status-service.yml} and checked at start.
 *
 * @param jwtSecret RESTORE_JWT_SECRET: the key that the gateway signs tokens with
 * @param topicPartitions RESTORE_TOPIC_PARTITIONS: partitions of topics that this service creates
 * @param topicReplication RESTORE_TOPIC_REPLICATION: copies of each topic; −1 leaves it to the broker
 * @param consumerGroup the group of instances that share one database
 * @param heartbeat time between two signs of life in a stream of events
 * @param progressTimeout RESTORE_PROGRESS_TIMEOUT: how long events may wait while none is folded before health
 *     {@code progress} is down
 */
@ConfigurationProperties("restore.status")
public record StatusSettings(
        String jwtSecret,
        int topicPartitions,
        short topicReplication,
        String consumerGroup,
        Duration heartbeat,
        Duration progressTimeout,
        Database database) {
    private static final int HIGHEST_PORT = 65_535;

    /** @throws IllegalArgumentException naming the environment variable and the remedy, never the value of a secret */
    public StatusSettings {
        ServiceToken.key(jwtSecret);
        require(topicPartitions > 0, "RESTORE_TOPIC_PARTITIONS must be 1 or more, not " + topicPartitions);
        require(
                topicReplication == -1 || topicReplication > 0,
                "RESTORE_TOPIC_REPLICATION must be 1 or more, or -1 for the broker's default, not " + topicReplication);
        require(!consumerGroup.isBlank(), "restore.status.consumer-group must not be empty");
        require(heartbeat.isPositive(), "restore.status.heartbeat must be longer than zero");
        require(
                progressTimeout.isPositive(),
                "RESTORE_PROGRESS_TIMEOUT must be a positive time such as 1m, not " + progressTimeout);
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
