package io.vmrestore.standalone.wizard;

import io.vmrestore.simulator.Simulator;
import io.vmrestore.standalone.server.Service;
import io.vmrestore.standalone.server.StandaloneServer;
import io.vmrestore.standalone.server.StandaloneSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;

/** One standalone for all tests of the wizard: started by the first, stopped with the JVM. */
final class WizardSystem {
    private static final StandaloneServer SERVER = startForAll();

    private WizardSystem() {}

    /** Where the gateway is, such as http://localhost:4711. */
    static String url() {
        return SERVER.instance().gateway();
    }

    static Simulator cloud() {
        return SERVER.simulator();
    }

    /** One more gateway beside its own, with other settings, which the caller closes. */
    static ConfigurableApplicationContext gateway(Map<String, String> changes) {
        Map<String, String> environment = new HashMap<>(SERVER.environment());
        environment.remove("RESTORE_GATEWAY_PORT");
        environment.keySet().removeIf(name -> !name.matches("(RESTORE|OS|SNAPSHOT|KAFKA)_.*"));
        environment.putAll(changes);
        return Service.GATEWAY.start(environment);
    }

    /** Where a further gateway is. */
    static String url(ConfigurableApplicationContext gateway) {
        return "http://localhost:" + gateway.getEnvironment().getProperty("local.server.port");
    }

    private static StandaloneServer startForAll() {
        StandaloneServer server = start(Map.of());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    /** One more, with other settings, which the caller closes. */
    static StandaloneServer start(Map<String, String> settings) {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        Path directory = newDirectory();
        Map<String, String> environment = new HashMap<>(Map.of(
                "RESTORE_DATA_DIRECTORY", directory.toString(),
                "RESTORE_GATEWAY_PORT", "0",
                "RESTORE_KAFKA_PORT", "0",
                "RESTORE_DB_PORT", "0",
                "SIMULATOR_PORT", "0",
                "SIMULATOR_VOLUME_DELAY", "0s",
                "SIMULATOR_SERVER_DELAY", "0s"));
        environment.put("RESTORE_LOGIN_FAILURES_PER_ADDRESS", "1000");
        environment.putAll(settings);
        return StandaloneServer.start(StandaloneSettings.fromEnvironment(environment));
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("wizard-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
