package io.vmrestore.support.topics;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How topics are made where they are missing.
 *
 * @param partitions of the event topic and each command topic ({@code RESTORE_TOPIC_PARTITIONS})
 * @param replication copies of each partition; −1 leaves it to the broker ({@code RESTORE_TOPIC_REPLICATION})
 */
@ConfigurationProperties("restore.topics")
public record TopicSettings(int partitions, short replication) {

    /** @throws IllegalArgumentException naming the variable that is out of range */
    public TopicSettings {
        if (partitions < 1) {
            throw new IllegalArgumentException("RESTORE_TOPIC_PARTITIONS must be 1 or more, not " + partitions);
        }
        if (replication != -1 && replication < 1) {
            throw new IllegalArgumentException(
                    "RESTORE_TOPIC_REPLICATION must be 1 or more, or -1 for the broker's default, not " + replication);
        }
    }
}
