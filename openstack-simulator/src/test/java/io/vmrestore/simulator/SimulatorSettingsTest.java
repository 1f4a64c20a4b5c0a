package io.vmrestore.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorSettingsTest {
    @Test
    void anEmptyEnvironmentGivesTheDefaults() {
        SimulatorSettings settings = SimulatorSettings.fromEnvironment(Map.of());
        assertThat(settings.port()).isEqualTo(5000);
        assertThat(settings.bindAddress()).isEqualTo("127.0.0.1");
        assertThat(settings.dataDirectory()).isNull();
        assertThat(settings.advertisedUrl()).isNull();
        assertThat(settings.latencies().volumeCreate()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.sampleCloud()).isTrue();
    }

    @Test
    void everyVariableIsRead() {
        SimulatorSettings settings = SimulatorSettings.fromEnvironment(Map.of(
                "SIMULATOR_PORT", "7000",
                "SIMULATOR_BIND_ADDRESS", "0.0.0.0",
                "SIMULATOR_DATA_DIRECTORY", "/data",
                "SIMULATOR_ADVERTISED_URL", "http://simulator:7000/",
                "SIMULATOR_VOLUME_DELAY", "250ms",
                "SIMULATOR_SERVER_DELAY", "PT1M",
                "SIMULATOR_TOKEN_LIFETIME", "2h",
                "SIMULATOR_MAX_PAGE", "7",
                "SIMULATOR_SAMPLE_CLOUD", "false"));
        assertThat(settings.port()).isEqualTo(7000);
        assertThat(settings.bindAddress()).isEqualTo("0.0.0.0");
        assertThat(settings.dataDirectory()).isEqualTo(Path.of("/data"));
        assertThat(settings.advertisedUrl()).isEqualTo("http://simulator:7000");
        assertThat(settings.latencies().volumeCreate()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.latencies().serverBuild()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.tokenLifetime()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.maxPage()).isEqualTo(7);
        assertThat(settings.sampleCloud()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "SIMULATOR_PORT, many, SIMULATOR_PORT is 'many'",
        "SIMULATOR_PORT, 70000, SIMULATOR_PORT must be between 0 and 65535",
        "SIMULATOR_VOLUME_DELAY, 5, SIMULATOR_VOLUME_DELAY is '5'",
        "SIMULATOR_SERVER_DELAY, PX, SIMULATOR_SERVER_DELAY is 'PX'",
        "SIMULATOR_TOKEN_LIFETIME, 0s, SIMULATOR_TOKEN_LIFETIME must be positive",
        "SIMULATOR_MAX_PAGE, 0, SIMULATOR_MAX_PAGE must be positive"
    })
    void badValuesAreNamed(String name, String value, String message) {
        assertThatThrownBy(() -> SimulatorSettings.fromEnvironment(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
