package io.vmrestore.verification.soak;

import io.vmrestore.standalone.server.Instance;
import io.vmrestore.standalone.server.ServerMain;
import io.vmrestore.verification.processes.Ports;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** A whole system in one process of its own, whose gateway shares its descriptors with broker and services. */
final class SoakedSystem implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int managementPort;
    private final String gateway;

    private SoakedSystem(Process process, int managementPort, String gateway) {
        this.process = process;
        this.managementPort = managementPort;
        this.gateway = gateway;
    }

    /** Starts it and returns when it is ready. */
    static SoakedSystem start(Path directory, Map<String, String> settings) throws IOException, InterruptedException {
        int managementPort = new Ports().next();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:MaxDirectMemorySize=128m",
                        "-XX:TieredStopAtLevel=1",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerMain.class.getName())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(directory.resolve("server.log").toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.matches("(RESTORE|SIMULATOR|OS|SNAPSHOT|KAFKA)_.*"));
        environment.putAll(Map.of(
                "RESTORE_DATA_DIRECTORY", directory.toString(),
                "RESTORE_GATEWAY_PORT", "0",
                "RESTORE_GATEWAY_MANAGEMENT_PORT", Integer.toString(managementPort),
                "RESTORE_KAFKA_PORT", "0",
                "RESTORE_DB_PORT", "0",
                "SIMULATOR_PORT", "0"));
        environment.putAll(settings);
        Process process = builder.start();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        Optional<Instance> ready = Optional.empty();
        while (ready.isEmpty()) {
            if (process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                process.destroy();
                throw new IllegalStateException(
                        "The system did not start; the end of its log:\n" + endOfLog(directory));
            }
            ready = Instance.running(directory).filter(instance -> instance.pid() == process.pid());
        }
        return new SoakedSystem(process, managementPort, ready.get().gateway());
    }

    String gateway() {
        return gateway;
    }

    int port() {
        return URI.create(gateway).getPort();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** The sum of the metric's values, as Prometheus reads them, whose name or tags hold this text. */
    double metric(String name, String tag) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + managementPort + "/actuator/prometheus"))
                .timeout(START_LIMIT)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(name) && line.contains(tag))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Resident memory in megabytes, where the system tells. */
    OptionalDouble memory() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return OptionalDouble.empty();
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static String endOfLog(Path directory) throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve("server.log"));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }
}
