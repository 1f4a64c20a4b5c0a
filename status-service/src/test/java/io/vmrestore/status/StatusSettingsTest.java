package io.vmrestore.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.status.StatusSettings.Database;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StatusSettingsTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--RESTORE_JWT_SECRET= | RESTORE_JWT_SECRET is missing: set it to the secret that api-gateway signs tokens"
                        + " with, at least 32 bytes; make one with: openssl rand -base64 48",
                "--RESTORE_JWT_SECRET=pssst-too-short | RESTORE_JWT_SECRET is too short: HS256 needs at least 32 bytes;"
                        + " make one with: openssl rand -base64 48",
                "--RESTORE_DB_PASSWORD= | RESTORE_DB_PASSWORD is missing: set it to the password of role restore",
                "--RESTORE_DB_PORT=0 | RESTORE_DB_PORT must be 1 to 65535, not 0",
                "--RESTORE_TOPIC_PARTITIONS=0 | RESTORE_TOPIC_PARTITIONS must be 1 or more, not 0",
                "--RESTORE_TOPIC_REPLICATION=0 | RESTORE_TOPIC_REPLICATION must be 1 or more, or -1 for the broker's default,"
                        + " not 0"
            })
    void aWrongSettingStopsTheStartAndSaysWhatToDo(String wrong, String message, CapturedOutput output) {
        String name = wrong.substring(0, wrong.indexOf('=') + 1);
        List<String> arguments = new ArrayList<>(List.of(
                "--RESTORE_JWT_SECRET=" + SECRET,
                "--RESTORE_DB_PASSWORD=hush-hush",
                "--server.port=0",
                "--management.server.port=0"));
        arguments.removeIf(argument -> argument.startsWith(name));
        arguments.add(wrong);
        assertThatThrownBy(() -> StatusApplication.builder().run(arguments.toArray(String[]::new)))
                .hasStackTraceContaining(message);
        assertThat(output).contains(message).doesNotContain("pssst", "hush-hush", SECRET);
    }

    @Test
    void settingsDoNotPrintTheirSecrets() {
        StatusSettings settings = new StatusSettings(
                SECRET, 12, (short) -1, "status-service", new Database("localhost", 5432, "restore", "restore", "hush"));
        assertThat(settings.toString())
                .isEqualTo("StatusSettings[database=restore@localhost:5432/restore, consumerGroup=status-service]");
    }
}
