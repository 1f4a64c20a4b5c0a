package io.vmrestore.support.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class DescriptorsTest {

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 8000, 2000, 50, 8000",
        "65536, 8000, 2000, 25, 8000",
        "20000, 8000, 2000, 50, 8000",
        "20000, 8000, 2000, 25, 4500",
        "4096, 8000, 2000, 25, 500",
        "4096, 100, 2000, 25, 100",
        "2100, 20, 2000, 25, 20"
    })
    void connectionsLeaveTheReserve(long limit, int wanted, int reserve, int share, int allowed) {
        assertThat(new Descriptors(limit).connections(settings(wanted, reserve, share)))
                .isEqualTo(allowed);
    }

    @Test
    void aProcessThatMayOpenTooFewFilesDoesNotStart() {
        assertThatThrownBy(() -> new Descriptors(1024).connections(settings(8000, 2000, 50)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This process may open 1024 files and connections, of which 2000 are kept for log,"
                        + " database and cloud (RESTORE_HTTP_RESERVED_DESCRIPTORS): too few are left for"
                        + " clients. Raise the limit, for example with: ulimit -n 65536");
    }

    @Test
    void theSystemTellsHowManyThereAre() {
        assertThat(Descriptors.ofThisProcess().limit()).isGreaterThan(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PT0S | 1 | RESTORE_HTTP_HEADER_TIMEOUT must be more than zero and at most 10m, such as 30s, not PT0S",
                "PT11M | 1 | RESTORE_HTTP_HEADER_TIMEOUT must be more than zero and at most 10m, such as 30s, not"
                        + " PT11M",
                "PT1S | 0 | RESTORE_HTTP_MAX_CONNECTIONS must be 1 to 1000000, not 0"
            })
    void settingsThatMakeNoSenseStopTheStart(Duration time, int connections, String message) {
        assertThatThrownBy(() -> settings(time, connections, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static ListenerSettings settings(int connections, int reserve, int share) {
        return settings(Duration.ofSeconds(1), connections, reserve, share);
    }

    private static ListenerSettings settings(Duration time, int connections, int reserve, int share) {
        DataSize size = DataSize.ofKilobytes(8);
        return new ListenerSettings(
                time, time, time, time, size, size, connections, connections, 1, 1, "", reserve, share);
    }
}
