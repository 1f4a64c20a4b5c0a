package io.vmrestore.standalone.server;

import io.vmrestore.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Settings of the standalone program. Whatever else is in the environment goes to the services as it is.
 *
 * @param dataDirectory where broker, database, simulator and generated secrets are kept
 * @param gatewayPort port of the REST interface; 0 takes a free one, here and below
 * @param embeddedBroker whether no KAFKA_BOOTSTRAP_SERVERS is given
 * @param embeddedDatabase whether no RESTORE_DB_HOST is given
 * @param simulatedCloud whether no OS_AUTH_URL is given
 * @param simulator how the simulated cloud runs, if it does
 * @param environment what the services read
 */
public record StandaloneSettings(
        Path dataDirectory,
        int gatewayPort,
        int brokerPort,
        int databasePort,
        boolean embeddedBroker,
        boolean embeddedDatabase,
        boolean simulatedCloud,
        SimulatorSettings simulator,
        Map<String, String> environment) {

    private static final int GATEWAY_PORT = 8080;
    private static final int BROKER_PORT = 19092;
    private static final int DATABASE_PORT = 15432;
    private static final String SIMULATOR_PORT = "35357";
    // Long enough that a person sees the steps go by.
    private static final String VOLUME_DELAY = "3s";
    private static final String SERVER_DELAY = "4s";

    /** @throws IllegalArgumentException naming the variable whose value cannot be used */
    public static StandaloneSettings fromEnvironment(Map<String, String> environment) {
        return new StandaloneSettings(
                dataDirectory(environment),
                port(environment, "RESTORE_GATEWAY_PORT", GATEWAY_PORT),
                port(environment, "RESTORE_KAFKA_PORT", BROKER_PORT),
                port(environment, "RESTORE_DB_PORT", DATABASE_PORT),
                !given(environment, "KAFKA_BOOTSTRAP_SERVERS"),
                !given(environment, "RESTORE_DB_HOST"),
                !given(environment, "OS_AUTH_URL"),
                simulator(environment),
                new HashMap<>(environment));
    }

    /** The data directory, {@code .restore} under the working directory unless RESTORE_DATA_DIRECTORY names another. */
    public static Path dataDirectory(Map<String, String> environment) {
        return Path.of(environment.getOrDefault("RESTORE_DATA_DIRECTORY", ".restore"))
                .toAbsolutePath()
                .normalize();
    }

    private static boolean given(Map<String, String> environment, String name) {
        return !environment.getOrDefault(name, "").isBlank();
    }

    /** @throws IllegalArgumentException if the variable's value is no port */
    static int port(Map<String, String> environment, String name, int otherwise) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            return otherwise;
        }
        try {
            int port = Integer.parseInt(value.strip());
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException notNumber) {
            // Reported below, together with numbers that are no ports.
        }
        throw new IllegalArgumentException(name + " must be a port from 0 to 65535, not '" + value + "'");
    }

    private static SimulatorSettings simulator(Map<String, String> environment) {
        Map<String, String> ours = new HashMap<>(environment);
        ours.putIfAbsent("SIMULATOR_PORT", SIMULATOR_PORT);
        ours.putIfAbsent("SIMULATOR_VOLUME_DELAY", VOLUME_DELAY);
        ours.putIfAbsent("SIMULATOR_SERVER_DELAY", SERVER_DELAY);
        ours.putIfAbsent(
                "SIMULATOR_DATA_DIRECTORY",
                dataDirectory(environment).resolve("simulator").toString());
        return SimulatorSettings.fromEnvironment(ours);
    }
}
