package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A person with the stock {@code openstack} client who pastes commands into a shell, signed in to a project that is
 * none of the restored VMs'.
 */
final class StockClient {
    private static final long PATIENCE_SECONDS = 120;
    private static final String MISSING = "The command 'openstack' is not on the PATH, so nothing shows here that the"
            + " printed commands work. Install it: apt-get install python3-openstackclient";

    private final String authUrl;
    private final Path directory;
    private final String user;
    private final String password;

    /** @param directory where the client finds no settings, and where its output goes */
    StockClient(String authUrl, String user, String password, Path directory) {
        this.authUrl = authUrl;
        this.user = user;
        this.password = password;
        this.directory = directory;
    }

    /** Skips the tests where there is no client; where the variable CI is true, fails them. */
    static void require() {
        boolean installed = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry).resolve("openstack")));
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            assertThat(installed).as(MISSING).isTrue();
        }
        assumeThat(installed).as(MISSING).isTrue();
    }

    /** Pastes commands into one shell, one after the other; the first that fails fails the test with what it said. */
    String paste(List<String> commands) {
        StringBuilder script = new StringBuilder();
        for (String command : commands) {
            script.append(command).append(" || { echo 'The last command failed' >&2; exit 1; }\n");
        }
        Output output = run(script.toString());
        assertThat(output.exitCode())
                .as("%s\n%s", String.join("\n", commands), output.text())
                .isZero();
        return output.text();
    }

    /** Types one command that fails, and tells what was said. */
    String refused(String command) {
        Output output = run(command);
        assertThat(output.exitCode()).as(command).isNotZero();
        return output.text();
    }

    private record Output(int exitCode, String text) {}

    private Output run(String script) {
        try {
            Path out = directory.resolve("out");
            ProcessBuilder bash = new ProcessBuilder("bash", "-c", script)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile());
            bash.environment().keySet().removeIf(name -> name.startsWith("OS_") || name.startsWith("SNAPSHOT_"));
            bash.environment()
                    .putAll(Map.of(
                            "OS_AUTH_URL", authUrl,
                            "OS_IDENTITY_API_VERSION", "3",
                            "OS_REGION_NAME", "RegionOne",
                            "OS_USERNAME", user,
                            "OS_PASSWORD", password,
                            "OS_PROJECT_NAME", "service",
                            "OS_USER_DOMAIN_NAME", "Default",
                            "OS_PROJECT_DOMAIN_NAME", "Default",
                            "LC_ALL", "C.UTF-8",
                            "HOME", directory.toString()));
            Process process = bash.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                fail("These commands did not end within " + PATIENCE_SECONDS + " s:\n" + script);
            }
            return new Output(process.exitValue(), Files.readString(out));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("cannot run " + script, e);
        }
    }
}
