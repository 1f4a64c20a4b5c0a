package io.vmrestore.executor.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollPaceTest {
    private static final PollPace PACE = PollPace.DEFAULT;

    @Test
    void young_waits_are_asked_about_often_and_old_ones_rarely() {
        assertThat(PACE.pause(Duration.ofMillis(100), Duration.ZERO)).isEqualTo(Duration.ofMillis(250));
        assertThat(PACE.pause(Duration.ofSeconds(8), Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
        assertThat(PACE.pause(Duration.ofMinutes(10), Duration.ZERO)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_slow_cloud_is_asked_less() {
        assertThat(PACE.pause(Duration.ZERO, Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void impossible_paces_are_refused() {
        assertThatThrownBy(() -> new PollPace(List.of(), Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessage("The pauses between polls must be positive, and the slowest (PT1S) no shorter than the"
                        + " fastest (PT2S)");
    }
}
