package io.vmrestore.common.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Random random = new Random(1);

    @Test
    void pausesDoubleUpToTheLongestAndVary() {
        Backoff backoff = Backoff.scattered(Duration.ofMillis(100), Duration.ofSeconds(10));
        for (int failures = 1; failures < 100; failures++) {
            long full = Math.min(10_000, 100L << Math.min(failures - 1, 20));
            assertThat(backoff.after(failures, random).toMillis()).isBetween(full / 2, full);
        }
    }

    @Test
    void withoutJitterTheyAreTheSameForEverybody() {
        Backoff backoff = Backoff.steady(Duration.ofMillis(200), Duration.ofSeconds(1));
        assertThat(IntStream.rangeClosed(1, 5)
                        .mapToObj(failures -> backoff.after(failures, random).toMillis()))
                .containsExactly(200L, 400L, 800L, 1000L, 1000L);
    }

    @Test
    void whatMakesNoBackoffIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.steady(Duration.ZERO, Duration.ofSeconds(1)))
                .withMessageContaining("the first must be positive");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.steady(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .withMessageContaining("PT2S to PT1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), 2))
                .withMessageContaining("a jitter of 2.0");
    }
}
