package io.vmrestore.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntakeSettingsTest {
    private static final Map<String, Object> CONSUMER = Map.of("bootstrap.servers", "localhost:1", "group.id", "steps");

    @Test
    void wrongSettingsAreNamed() {
        assertRefused("steps", List.of(), CONSUMER, 1, "Intake steps needs at least one topic");
        assertRefused(" ", List.of("a"), CONSUMER, 1, "An intake needs a name");
        assertRefused("steps", List.of("a"), Map.of("group.id", "g"), 1, "Intake steps needs bootstrap.servers");
        assertRefused("steps", List.of("a"), Map.of("bootstrap.servers", "b"), 1, "Intake steps needs group.id");
        assertRefused("steps", List.of("a"), CONSUMER, 0, "The window of intake steps must be at least 1, not 0");
    }

    @Test
    void theBatchIsSmallAgainstTheWindowAndNeverZero() {
        assertThat(settings(CONSUMER, 1).batch()).isEqualTo(1);
        assertThat(settings(CONSUMER, 2000).batch()).isEqualTo(200);
        assertThat(settings(CONSUMER, 100_000).batch()).isEqualTo(500);
    }

    @Test
    void whatTheBrokerDecidesIsTakenOutAndWhatTheIntakeNeedsIsSet() {
        Map<String, Object> consumer = Map.of(
                "bootstrap.servers", "b",
                "group.id", "g",
                "session.timeout.ms", 1000,
                "isolation.level", "read_uncommitted",
                "client.id", "mine");
        assertThat(ConsumerProperties.of(settings(consumer, 20)))
                .doesNotContainKey("session.timeout.ms")
                .containsEntry("group.protocol", "consumer")
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", false)
                .containsEntry("auto.offset.reset", "earliest")
                .containsEntry("max.poll.records", 2)
                .containsEntry("client.id", "mine");
    }

    private static IntakeSettings settings(Map<String, Object> consumer, int window) {
        return new IntakeSettings("steps", List.of("a"), consumer, window, Duration.ZERO);
    }

    private static void assertRefused(
            String name, List<String> topics, Map<String, Object> consumer, int window, String message) {
        assertThatThrownBy(() -> new IntakeSettings(name, topics, consumer, window, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
