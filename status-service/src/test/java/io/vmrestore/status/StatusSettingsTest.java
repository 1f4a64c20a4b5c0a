package io.vmrestore.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.status.StatusSettings.Database;
import io.vmrestore.support.access.TokenSettings;
import io.vmrestore.support.health.ProgressSettings;
import io.vmrestore.support.topics.TopicSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class StatusSettingsTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RESTORE_JWT_SECRET= | RESTORE_JWT_SECRET is missing: set it to the secret that api-gateway signs"
                        + " tokens with, at least 32 bytes; make one with: openssl rand -base64 48",
                "RESTORE_JWT_SECRET=pssst-too-short | RESTORE_JWT_SECRET is too short: HS256 needs at least 32 bytes;"
                        + " make one with: openssl rand -base64 48",
                "RESTORE_DB_PASSWORD= | RESTORE_DB_PASSWORD is missing: set it to the password of role restore",
                "RESTORE_DB_PORT=0 | RESTORE_DB_PORT must be 1 to 65535, not 0",
                "RESTORE_PROGRESS_TIMEOUT=0s | RESTORE_PROGRESS_TIMEOUT must be a positive time such as 1m, not PT0S",
                "RESTORE_TOPIC_PARTITIONS=0 | RESTORE_TOPIC_PARTITIONS must be 1 or more, not 0",
                "RESTORE_TOPIC_REPLICATION=0 | RESTORE_TOPIC_REPLICATION must be 1 or more, or -1 for the broker's"
                        + " default, not 0"
            })
    void aWrongSettingIsRefusedAndSaysWhatToDo(String wrong, String message) {
        new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withPropertyValues(
                        "spring.config.name=status-service",
                        "RESTORE_JWT_SECRET=" + SECRET,
                        "RESTORE_DB_PASSWORD=hush",
                        wrong)
                .withUserConfiguration(SettingsOnly.class)
                .run(context ->
                        assertThat(context.getStartupFailure()).isNotNull().hasStackTraceContaining(message));
    }

    @Test
    void theServiceDoesNotStartAndDoesNotPrintTheSecret(CapturedOutput output) {
        assertThatThrownBy(() -> StatusApplication.builder()
                        .run(
                                "--RESTORE_JWT_SECRET=pssst-too-short",
                                "--RESTORE_DB_PASSWORD=hush-hush",
                                "--server.port=0"))
                .isInstanceOf(BeanCreationException.class);
        assertThat(output).contains("RESTORE_JWT_SECRET is too short").doesNotContain("pssst", "hush-hush");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({
        ProgressSettings.class,
        StatusSettings.class,
        TokenSettings.class,
        TopicSettings.class
    })
    static class SettingsOnly {}

    @Test
    void settingsDoNotPrintTheirSecrets() {
        StatusSettings settings = new StatusSettings(
                "status-service",
                Duration.ofSeconds(15),
                new Database("localhost", 5432, "restore", "restore", "hush"));
        assertThat(settings.toString())
                .isEqualTo("StatusSettings[database=restore@localhost:5432/restore, consumerGroup=status-service]");
        assertThat(new TokenSettings(SECRET, Duration.ZERO).toString()).isEqualTo("TokenSettings[]");
    }
}
