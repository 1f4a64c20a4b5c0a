package io.vmrestore.support.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class ProgressHealthTest {
    private static final ProgressSettings SETTINGS = new ProgressSettings(Duration.ofMinutes(1));

    @Test
    void isUpWhileSignsOfLifeComeHoweverOldTheWorkIs() {
        Health health = new ProgressHealth(
                        () -> new Progress()
                                .detail("open", 1)
                                .age("oldest_unanswered", Duration.ofHours(3))
                                .silent("silent", Duration.ofMillis(59_999))
                                .detail("most_silent", null),
                        SETTINGS)
                .health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsExactly(
                        entry("open", 1), entry("oldest_unanswered_seconds", 10_800L), entry("silent_seconds", 59L));
    }

    @Test
    void isDownWhenOneOfTheTimesIsTooLong() {
        Health health = new ProgressHealth(
                        () -> new Progress()
                                .silent("silent", Duration.ofSeconds(1))
                                .silent("not_running", Duration.ofMillis(60_001))
                                .silent("other", Duration.ZERO),
                        SETTINGS)
                .health();

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void theTimeoutIsRefusedWhereItContradictsAnother() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProgressSettings(Duration.ZERO))
                .withMessage("RESTORE_PROGRESS_TIMEOUT must be a positive time such as 1m, not PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SETTINGS.requireMoreThan(Duration.ofMinutes(1), "RESTORE_X", "all would be stuck"))
                .withMessage("RESTORE_PROGRESS_TIMEOUT is PT1M: it must be more than RESTORE_X, PT1M, or all would be"
                        + " stuck");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SETTINGS.requireLessThan(Duration.ofSeconds(9), "RESTORE_Y", "nobody would see it"))
                .withMessage("RESTORE_PROGRESS_TIMEOUT is PT1M: it must be less than RESTORE_Y, PT9S, or nobody would"
                        + " see it");
    }
}
