package io.vmrestore.simulator;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.engine.Latencies;
import io.vmrestore.simulator.sample.SampleCloud;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a simulator runs.
 *
 * @param port 0: any free one
 * @param dataDirectory where the state is kept; null: it ends with the simulator
 * @param advertisedUrl what the catalog and all links begin with; null: what each client called
 * @param tokenLifetime of newly issued tokens
 * @param maxPage the most resources that a list gives at once
 * @param sampleCloud fills an empty cloud with {@link SampleCloud}
 */
public record SimulatorSettings(
        String bindAddress,
        int port,
        @Nullable Path dataDirectory,
        @Nullable String advertisedUrl,
        Latencies latencies,
        Duration tokenLifetime,
        int maxPage,
        boolean sampleCloud) {

    /** The port of a simulator started by its main class, which is Keystone's usual one. */
    public static final int DEFAULT_PORT = 5000;

    private static final int HIGHEST_PORT = 65535;

    public SimulatorSettings {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("SIMULATOR_PORT must be between 0 and 65535, but is " + port + ".");
        }
        if (tokenLifetime.isNegative() || tokenLifetime.isZero()) {
            throw new IllegalArgumentException(
                    "SIMULATOR_TOKEN_LIFETIME must be positive, but is " + tokenLifetime + ".");
        }
        if (maxPage < 1) {
            throw new IllegalArgumentException("SIMULATOR_MAX_PAGE must be positive, but is " + maxPage + ".");
        }
    }

    /** A sample cloud on a free port of the loopback address, without delays and without files. */
    public static SimulatorSettings instant() {
        return new SimulatorSettings(
                "127.0.0.1", 0, null, null, Latencies.NONE, Duration.ofHours(1), Cloud.DEFAULT_MAX_PAGE, true);
    }

    /**
     * From variables such as {@code SIMULATOR_PORT}; durations as {@code 500ms}, {@code 2s}, {@code 1h} or ISO 8601.
     */
    public static SimulatorSettings fromEnvironment(Map<String, String> environment) {
        Duration volume =
                read(environment, "SIMULATOR_VOLUME_DELAY", Duration.ofSeconds(1), SimulatorSettings::duration);
        Duration server =
                read(environment, "SIMULATOR_SERVER_DELAY", Duration.ofSeconds(2), SimulatorSettings::duration);
        @Nullable String directory = environment.get("SIMULATOR_DATA_DIRECTORY");
        @Nullable String url = environment.get("SIMULATOR_ADVERTISED_URL");
        return new SimulatorSettings(
                environment.getOrDefault("SIMULATOR_BIND_ADDRESS", "127.0.0.1"),
                read(environment, "SIMULATOR_PORT", DEFAULT_PORT, Integer::valueOf),
                directory == null || directory.isBlank() ? null : Path.of(directory),
                url == null || url.isBlank() ? null : url.replaceAll("/+$", ""),
                Latencies.of(volume, server),
                read(environment, "SIMULATOR_TOKEN_LIFETIME", Duration.ofHours(1), SimulatorSettings::duration),
                read(environment, "SIMULATOR_MAX_PAGE", Cloud.DEFAULT_MAX_PAGE, Integer::valueOf),
                read(environment, "SIMULATOR_SAMPLE_CLOUD", true, Boolean::valueOf));
    }

    public SimulatorSettings withPort(int newPort) {
        return new SimulatorSettings(
                bindAddress, newPort, dataDirectory, advertisedUrl, latencies, tokenLifetime, maxPage, sampleCloud);
    }

    public SimulatorSettings withDataDirectory(Path newDirectory) {
        return new SimulatorSettings(
                bindAddress, port, newDirectory, advertisedUrl, latencies, tokenLifetime, maxPage, sampleCloud);
    }

    public SimulatorSettings withLatencies(Latencies newLatencies) {
        return new SimulatorSettings(
                bindAddress, port, dataDirectory, advertisedUrl, newLatencies, tokenLifetime, maxPage, sampleCloud);
    }

    public SimulatorSettings withTokenLifetime(Duration newLifetime) {
        return new SimulatorSettings(
                bindAddress, port, dataDirectory, advertisedUrl, latencies, newLifetime, maxPage, sampleCloud);
    }

    public SimulatorSettings withMaxPage(int newMaxPage) {
        return new SimulatorSettings(
                bindAddress, port, dataDirectory, advertisedUrl, latencies, tokenLifetime, newMaxPage, sampleCloud);
    }

    private static <T> T read(Map<String, String> environment, String name, T byDefault, Function<String, T> reader) {
        @Nullable String text = environment.get(name);
        if (text == null || text.isBlank()) {
            return byDefault;
        }
        try {
            return reader.apply(text.strip());
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new IllegalArgumentException(
                    name + " is '" + text + "', which is not understood: give a value such as " + byDefault + ".", e);
        }
    }

    private static Duration duration(String text) {
        if (text.startsWith("P")) {
            return Duration.parse(text);
        }
        if (text.endsWith("ms")) {
            return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
        }
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> throw new IllegalArgumentException("no unit of time in " + text);
        };
    }
}
