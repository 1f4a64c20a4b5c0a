package io.vmrestore.embedded;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the embedded broker keeps its log and where it listens.
 *
 * @param directory log directory, created if absent; everything the broker knows is in it
 * @param host address to listen on and to advertise to clients, a loopback address unless others shall connect
 * @param port port for clients, or 0 for a free one chosen at each start
 * @param properties further broker properties under Kafka's own names; they win over those of {@link BrokerProperties}
 */
public record EmbeddedBrokerSettings(Path directory, String host, int port, Map<String, String> properties) {
    /** Checks the port's range and copies the properties. */
    public EmbeddedBrokerSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Broker port " + port + " is not between 0 and 65535");
        }
        if (host.isBlank()) {
            throw new IllegalArgumentException("Broker host is blank: use 127.0.0.1 for this machine only");
        }
        directory = directory.toAbsolutePath().normalize();
        properties = Map.copyOf(properties);
    }

    /** A broker on a free loopback port. */
    public static EmbeddedBrokerSettings in(Path directory) {
        return new EmbeddedBrokerSettings(directory, "127.0.0.1", 0, Map.of());
    }

    /** The same broker on a fixed port. */
    public EmbeddedBrokerSettings withPort(int port) {
        return new EmbeddedBrokerSettings(directory, host, port, properties);
    }
}
