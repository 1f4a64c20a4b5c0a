package io.vmrestore.verification.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The short form of {@code ./restore soak}; the long one is in docs/soak.md. */
class SoakIT {

    @Test
    void strangersAreEndedWhileARestoreCompletes() throws Exception {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        Map<String, String> impatient = Map.of(
                "RESTORE_HTTP_HEADER_TIMEOUT", "3s",
                "RESTORE_HTTP_BODY_TIMEOUT", "3s",
                "RESTORE_HTTP_IDLE_TIMEOUT", "3s",
                "RESTORE_HTTP_WRITE_TIMEOUT", "3s",
                "RESTORE_HTTP_MAX_CONNECTIONS", "300",
                "RESTORE_HTTP_MAX_CONNECTIONS_PER_ADDRESS", "200");

        boolean kept = new SoakRun(
                        new SoakOptions(600, 2, 2, impatient, Duration.ofMinutes(2)),
                        new PrintStream(told, true, StandardCharsets.UTF_8))
                .run();

        System.out.println(told.toString(StandardCharsets.UTF_8));
        assertThat(kept).as(told.toString(StandardCharsets.UTF_8)).isTrue();
    }
}
