package io.vmrestore.executor.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StoppedRestoresTest {
    private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

    private final StoppedRestores stopped = new StoppedRestores();
    private final UUID first = UUID.randomUUID();

    @Test
    void are_remembered_as_long_as_a_command_of_them_may_come() {
        stopped.add(first, NOW);
        stopped.add(UUID.randomUUID(), NOW.plus(Topics.COMMANDS_KEPT));
        assertThat(stopped.contains(first)).isTrue();
    }

    @Test
    void are_forgotten_afterwards() {
        for (int day = 0; day < 365; day++) {
            for (int restore = 0; restore < 100; restore++) {
                stopped.add(UUID.randomUUID(), NOW.plus(Duration.ofDays(day)));
            }
        }
        assertThat(stopped.size()).isEqualTo(100 * ((int) Topics.COMMANDS_KEPT.toDays() + 1));
    }

    @Test
    void that_are_told_again_are_remembered_from_then_on() {
        stopped.add(first, NOW);
        stopped.add(UUID.randomUUID(), NOW.plus(Duration.ofDays(1)));
        stopped.add(first, NOW.plus(Duration.ofDays(6)));
        stopped.add(UUID.randomUUID(), NOW.plus(Duration.ofDays(10)));
        assertThat(stopped.contains(first)).isTrue();
        assertThat(stopped.size()).isEqualTo(2);
    }
}
