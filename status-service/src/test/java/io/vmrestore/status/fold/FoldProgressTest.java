package io.vmrestore.status.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long the fold has not got on, as the consumer's thread reports it. */
class FoldProgressTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long ENOUGH = 10;

    private final SteppedClock clock = new SteppedClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FoldProgress progress = new FoldProgress(meters, clock);

    @Test
    void isStalledFromTheStartUntilItKnowsThatNothingWaits() {
        clock.pass(MINUTE);
        assertThat(progress.stalled()).isEqualTo(MINUTE);
        progress.waiting("the database is not available");
        clock.pass(MINUTE);
        assertThat(progress.stalled()).isEqualTo(MINUTE.multipliedBy(2));
        progress.positioned(4, 0, ENOUGH);
        clock.pass(MINUTE);
        assertThat(progress.stalled()).isZero();
    }

    @Test
    void aBacklogThatBecomesSmallerIsNoStall() {
        progress.positioned(4, 5000, ENOUGH);
        for (int batch = 0; batch < 5; batch++) {
            clock.pass(MINUTE);
            progress.polled();
            fold();
            progress.positioned(4, 5000 - 1000 * batch, ENOUGH);
            assertThat(progress.stalled()).isZero();
        }
    }

    @Test
    void aBatchThatIsNotFoldedStallsFromWhenItCame() {
        progress.positioned(4, 0, ENOUGH);
        clock.pass(MINUTE);
        progress.polled();
        clock.pass(MINUTE);
        progress.failed("the database refuses");
        progress.polled();
        clock.pass(MINUTE);
        assertThat(progress.stalled()).isEqualTo(MINUTE.multipliedBy(2));
        assertThat(meters.get("restore.fold.stalled").timeGauge().value(TimeUnit.SECONDS))
                .isEqualTo(120);
        fold();
        assertThat(progress.stalled()).isZero();
    }

    @Test
    void recordsThatWaitAndDoNotComeStallFromTheLastOneThatWasFolded() {
        progress.positioned(4, 0, ENOUGH);
        progress.polled();
        fold();
        progress.positioned(4, 3, ENOUGH);
        clock.pass(MINUTE);
        assertThat(progress.stalled()).isEqualTo(MINUTE);
        progress.positioned(4, 3, ENOUGH);
        assertThat(progress.stalled()).isEqualTo(MINUTE);
    }

    private void fold() {
        progress.folded(Map.of(FoldOutcome.APPLIED, 1), Duration.ofMillis(5), clock.millis());
    }

    private static final class SteppedClock extends Clock {
        private Instant now = Instant.parse("2026-11-25T12:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("only instants are read");
        }
    }
}
