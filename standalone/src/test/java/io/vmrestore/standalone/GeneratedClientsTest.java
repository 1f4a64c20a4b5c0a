package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.standalone.server.StandaloneServer;
import io.vmrestore.standalone.server.StandaloneSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that openapi-generator makes of the document that is served: unchanged, they compile and carry out a restore.
 * Maven lays the generator where this looks for it; {@code -Dopenapi.generator=FILE} names another one.
 */
class GeneratedClientsTest {
    private static final Path GENERATOR =
            Path.of(System.getProperty("openapi.generator", "target/openapi-generator/openapi-generator-cli.jar"));
    private static final Path DRIVERS = Path.of("src", "test", "resources", "clients");
    private static final long PATIENCE_MINUTES = 3;
    private static final Tenant TENANT = Tenant.A;

    @TempDir
    private static Path directory;

    private static StandaloneServer server;
    private static Path document;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        Map<String, String> environment = InstantStandalone.environment(directory.resolve("data"));
        environment.put("RESTORE_PLAN_WAIT", "30s");
        server = StandaloneServer.start(StandaloneSettings.fromEnvironment(environment));
        document = directory.resolve("openapi.json");
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(
                    HttpRequest.newBuilder(URI.create(server.instance().gateway() + "/openapi.json"))
                            .build(),
                    HttpResponse.BodyHandlers.ofFile(document));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void oneInJavaRestores() throws IOException, InterruptedException {
        Path client = generated(
                "java", "--library", "native", "--additional-properties", "openApiNullable=false,useJakartaEe=true");
        Path classes = Files.createDirectory(directory.resolve("classes"));
        List<String> sources = new ArrayList<>(List.of("-nowarn", "-d", classes.toString(), "-cp", classPath()));
        try (Stream<Path> files = Files.walk(client.resolve("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::toString)
                    .forEach(sources::add);
        }
        sources.add(DRIVERS.resolve("Restore.java").toString());
        int compiled = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler())
                .run(null, null, null, sources.toArray(String[]::new));
        assertThat(compiled).isZero();

        assertThat(restored(List.of(java(), "-cp", classes + ":" + classPath(), "Restore"), Map.of()))
                .contains("ended COMPLETED with ");
    }

    @Test
    void oneInPythonRestores() throws IOException, InterruptedException {
        Optional<String> python = python();
        // CI installs it (.ci/run), so there the test fails without it.
        assumeTrue(
                python.isPresent() || "true".equals(System.getenv("CI")),
                "no python3 here has pydantic 1, urllib3 and dateutil");
        Path client = generated("python-pydantic-v1");

        assertThat(restored(
                        List.of(
                                python.orElseThrow(),
                                DRIVERS.resolve("restore.py").toString()),
                        Map.of("PYTHONPATH", client + ":" + DRIVERS.resolve("missing"))))
                .contains("ended COMPLETED with ");
    }

    private static Path generated(String language, String... options) throws IOException, InterruptedException {
        assertThat(GENERATOR).as("openapi-generator, which Maven copies there").isRegularFile();
        Path client = directory.resolve(language);
        List<String> command = new ArrayList<>(List.of(
                java(), "-jar", GENERATOR.toString(), "generate", "-i", document.toString(), "-g", language, "-o"));
        command.add(client.toString());
        command.addAll(List.of(options));
        run(command, Map.of());
        return client;
    }

    private static String restored(List<String> program, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(
                server.instance().gateway(),
                SampleCloud.ADMIN,
                SampleCloud.ADMIN_PASSWORD,
                "service",
                TENANT.projectId(),
                TENANT.webServerId(),
                TENANT.id("snapshot/web-1-daily")));
        return run(command, environment);
    }

    /** What the process says; its exit code must be 0. */
    private static String run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                    .as("%s ends in time", command)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    /** The system's own is looked at first: what Debian's packages bring is found by no other. */
    private static Optional<String> python() throws IOException, InterruptedException {
        for (String python : List.of("/usr/bin/python3", "python3")) {
            try {
                Process process = new ProcessBuilder(
                                python,
                                "-c",
                                "import pydantic, urllib3, dateutil; assert pydantic.VERSION.startswith('1.')")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor() == 0) {
                    return Optional.of(python);
                }
            } catch (IOException notInstalled) {
                continue;
            }
        }
        return Optional.empty();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }
}
