package io.vmrestore.simulator.commandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command {@code openstack}, logged in to a simulator as one user. Each call is a process of its own. */
final class OpenStackClient {
    private static final String COMMAND = "openstack";
    private static final long PATIENCE_SECONDS = 60;

    private final Map<String, String> credentials;
    private final Path directory;

    /** @param directory where the client finds no settings and where its output goes */
    OpenStackClient(Simulator simulator, String user, String password, Tenant tenant, Path directory) {
        this.directory = directory;
        this.credentials = Map.of(
                "OS_AUTH_URL",
                simulator.authUrl(),
                "OS_IDENTITY_API_VERSION",
                "3",
                "OS_REGION_NAME",
                "RegionOne",
                "OS_USERNAME",
                user,
                "OS_PASSWORD",
                password,
                "OS_PROJECT_NAME",
                tenant.projectName(),
                "OS_USER_DOMAIN_NAME",
                "Default",
                "OS_PROJECT_DOMAIN_NAME",
                "Default",
                "HOME",
                directory.toString());
    }

    static boolean isInstalled() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry).resolve(COMMAND)));
    }

    /** Runs one command; anything but success fails the test with what the client said. */
    void run(String... arguments) {
        Output output = start(List.of(arguments), "");
        assertThat(output.exitCode())
                .as("openstack %s: %s", String.join(" ", arguments), output.errors())
                .isZero();
    }

    /** Runs several commands in one process; the first complaint of any fails the test. */
    String session(String... commands) {
        Output output = start(List.of(), String.join("\n", commands) + "\n");
        assertThat(output.errors()).as("openstack with %s", List.of(commands)).isBlank();
        return output.text().strip();
    }

    /** Runs one command that the cloud refuses, and tells what the client says then. */
    String refused(String... arguments) {
        Output output = start(List.of(arguments), "");
        assertThat(output.exitCode())
                .as("openstack %s: %s", String.join(" ", arguments), output.text())
                .isNotZero();
        return output.errors();
    }

    private record Output(int exitCode, String text, String errors) {}

    private Output start(List<String> arguments, String input) {
        List<String> command = new ArrayList<>(List.of(COMMAND));
        command.addAll(arguments);
        try {
            Path in = Files.writeString(directory.resolve("in"), input);
            Path out = directory.resolve("out");
            Path err = directory.resolve("err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("OS_"));
            builder.environment().putAll(credentials);
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                fail("openstack " + arguments + " did not end within " + PATIENCE_SECONDS + " s");
            }
            return new Output(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("cannot run openstack " + arguments, e);
        }
    }
}
