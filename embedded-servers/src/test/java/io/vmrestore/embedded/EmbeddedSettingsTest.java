package io.vmrestore.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class EmbeddedSettingsTest {
    private static final Path DIRECTORY = Path.of("data");

    @Test
    void listensOnAFreeLoopbackPortUnlessToldOtherwise() {
        assertThat(EmbeddedBrokerSettings.in(DIRECTORY))
                .isEqualTo(new EmbeddedBrokerSettings(DIRECTORY.toAbsolutePath(), "127.0.0.1", 0, Map.of()));
        assertThat(EmbeddedDatabaseSettings.in(DIRECTORY).port()).isZero();
        assertThat(EmbeddedDatabaseSettings.in(DIRECTORY).withPort(5_432).port())
                .isEqualTo(5_432);
    }

    @Test
    void letsOwnBrokerPropertiesWin() {
        EmbeddedBrokerSettings settings =
                new EmbeddedBrokerSettings(DIRECTORY, "127.0.0.1", 0, Map.of("message.max.bytes", "5000000"));
        Properties properties = BrokerProperties.embedded(settings, 9_092, 9_093);
        assertThat(properties)
                .containsEntry("message.max.bytes", "5000000")
                .containsEntry("listeners", "PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093")
                .containsEntry("advertised.listeners", "PLAINTEXT://127.0.0.1:9092");
    }

    @Test
    void saysWhatIsAllowed() {
        assertThatThrownBy(() -> EmbeddedBrokerSettings.in(DIRECTORY).withPort(70_000))
                .hasMessage("Broker port 70000 is not between 0 and 65535");
        assertThatThrownBy(() -> new EmbeddedBrokerSettings(DIRECTORY, " ", 0, Map.of()))
                .hasMessage("Broker host is blank: use 127.0.0.1 for this machine only");
        assertThatThrownBy(() -> EmbeddedDatabaseSettings.in(DIRECTORY).withPort(-1))
                .hasMessage("Database port -1 is not between 0 and 65535");
        assertThatThrownBy(() -> EmbeddedDatabaseSettings.in(DIRECTORY).withMaxConnections(5))
                .hasMessage("Database connection limit 5 is not between 10 and 1000");
        assertThatThrownBy(() -> new EmbeddedDatabaseSettings(DIRECTORY, DIRECTORY, 0, "Robert'); DROP", 60))
                .hasMessage("Database name 'Robert'); DROP' is not 1 to 63 lower-case letters, digits and underscores"
                        + " that begin with a letter");
    }
}
