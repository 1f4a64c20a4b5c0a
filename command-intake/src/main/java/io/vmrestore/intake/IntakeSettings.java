package io.vmrestore.intake;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How an intake works.
 *
 * @param name names its thread, its meters and its log lines
 * @param topics what it reads
 * @param consumer properties of its Kafka consumer; must have {@code bootstrap.servers} and {@code group.id}
 * @param window the most records at work at once
 * @param closeTimeout how long closing waits for records at work before it stops them
 */
public record IntakeSettings(
        String name, List<String> topics, Map<String, Object> consumer, int window, Duration closeTimeout) {

    /** @throws IllegalArgumentException naming the setting that is missing or wrong */
    public IntakeSettings {
        topics = List.copyOf(topics);
        consumer = Map.copyOf(consumer);
        require(!name.isBlank(), "An intake needs a name");
        require(!topics.isEmpty(), "Intake " + name + " needs at least one topic");
        require(consumer.containsKey("bootstrap.servers"), "Intake " + name + " needs bootstrap.servers");
        require(consumer.containsKey("group.id"), "Intake " + name + " needs group.id");
        require(window >= 1, "The window of intake " + name + " must be at least 1, not " + window);
        require(!closeTimeout.isNegative(), "The close timeout of intake " + name + " must not be negative");
    }

    /** The most records that one poll may bring; small against the window, so that little of it stays unused. */
    int batch() {
        return Math.clamp(window / 10, 1, 500);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
