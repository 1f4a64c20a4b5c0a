package io.vmrestore.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vmrestore.executor.ExecutorSettings.OutageWaits;
import io.vmrestore.executor.ExecutorSettings.Polling;
import io.vmrestore.support.health.ProgressSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutorSettingsTest {
    @Test
    void what_is_out_of_range_is_named_with_its_remedy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(0, Duration.ofSeconds(5)))
                .withMessage("RESTORE_EXECUTOR_WINDOW must be 1 or more, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(20_001, Duration.ofSeconds(5)))
                .withMessage("RESTORE_EXECUTOR_BACKLOG is 20000: it must be at least RESTORE_EXECUTOR_WINDOW, 20001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(10, Duration.ZERO))
                .withMessage("RESTORE_HEARTBEAT_INTERVAL must be a positive time such as 5s, not PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(10, Duration.ofSeconds(60))
                        .requireAgreement(new ProgressSettings(Duration.ofMinutes(1))))
                .withMessage("RESTORE_PROGRESS_TIMEOUT is PT1M: it must be more than RESTORE_HEARTBEAT_INTERVAL, PT1M,"
                        + " or every step would count as stuck");
    }

    @Test
    void a_process_without_a_name_is_named_by_host_and_process() {
        assertThat(settings(10, Duration.ofSeconds(5)).name())
                .endsWith("-" + ProcessHandle.current().pid());
    }

    @Test
    void patience_with_an_outage_is_no_negative_time() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new OutageWaits(Duration.ofMinutes(-1), Duration.ofSeconds(1), Duration.ofSeconds(30)))
                .withMessage("RESTORE_OUTAGE_PATIENCE must be a time such as 30m, or 0s to wait for no service,"
                        + " not PT-1M");
    }

    private static ExecutorSettings settings(int window, Duration heartbeat) {
        return new ExecutorSettings(
                "",
                window,
                20_000,
                heartbeat,
                Duration.ofSeconds(10),
                "group",
                new Polling(List.of(), Duration.ofMillis(250), Duration.ofSeconds(5)),
                new OutageWaits(Duration.ofMinutes(30), Duration.ofSeconds(1), Duration.ofSeconds(30)));
    }
}
