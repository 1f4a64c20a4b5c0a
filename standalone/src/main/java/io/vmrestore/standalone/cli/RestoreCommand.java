package io.vmrestore.standalone.cli;

import io.vmrestore.cli.Conventions;
import io.vmrestore.cli.ExitCode;
import io.vmrestore.cli.OperatorCommands;
import io.vmrestore.cli.RefusedException;
import io.vmrestore.cli.SignIn;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.standalone.server.DataDirectory;
import io.vmrestore.standalone.server.Instance;
import io.vmrestore.standalone.server.ServerMain;
import io.vmrestore.standalone.server.StandaloneSettings;
import io.vmrestore.standalone.server.StartRefusedException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of {@code ./restore}: those that start and stop the system here, and those of operators. */
@Command(
        name = "./restore",
        description = "Starts, stops and shows the whole system on this machine, and operates it or another one.",
        footer = {
            "",
            "Two more commands judge and measure a system of their own; each tells more with --help:",
            "  chaos  run everything as processes of their own under continuous faults, and judge it",
            "  bench  measure what one restore costs"
        })
public final class RestoreCommand {
    private final Map<String, String> environment;
    private final PrintStream out;
    private final Path dataDirectory;

    private RestoreCommand(Map<String, String> environment, PrintStream out) {
        this.environment = Map.copyOf(environment);
        this.out = out;
        this.dataDirectory = StandaloneSettings.dataDirectory(environment);
    }

    /**
     * The whole command line; {@link CommandLine#execute} runs a command and returns its {@link ExitCode}.
     *
     * @param err for usage and for what keeps a command from going on
     */
    public static CommandLine commandLine(Map<String, String> environment, PrintStream out, PrintStream err) {
        RestoreCommand restore = new RestoreCommand(environment, out);
        CommandLine commandLine = new CommandLine(restore);
        OperatorCommands.addTo(commandLine, new SignIn(environment, restore::local), out);
        return Conventions.apply(commandLine, out, err);
    }

    @Command(
            name = "up",
            description = "start broker, database, simulated cloud and the four services; data stays in .restore")
    void up() throws Exception {
        show(running());
    }

    @Command(name = "demo", description = "start them if they are not up, restore a sample VM and show the progress")
    void demo() throws Exception {
        // Said before anything is started: a rehearsal needs the simulator and its sample VMs.
        if (!environment.getOrDefault("OS_AUTH_URL", "").isBlank()) {
            throw new RefusedException(
                    "./restore demo works with the simulated cloud only, and OS_AUTH_URL names a real one. "
                            + "Unset it, or restore over REST as the README shows.");
        }
        Instance instance = running();
        if (!instance.simulated()) {
            throw new RefusedException(
                    "The running instance works with " + instance.cloud() + ". Stop it first: ./restore down");
        }
        new Demo(instance, out).run();
    }

    @Command(name = "down", description = "stop them; nothing is lost")
    void down() throws IOException, InterruptedException {
        if (!Files.isDirectory(dataDirectory)) {
            out.println("Not running.");
            return;
        }
        try (CommandLock alone = CommandLock.acquire(dataDirectory, out)) {
            stopRunning();
        }
    }

    private void stopRunning() throws InterruptedException {
        Optional<Instance> running = Instance.running(dataDirectory);
        if (running.isEmpty()) {
            out.println("Not running.");
            return;
        }
        ServerProcess.stop(running.get(), Duration.ofSeconds(60));
        out.println("Stopped. Jobs, events and the simulated cloud are kept in " + dataDirectory);
    }

    @Command(name = "status", description = "say what is running and where")
    int status() {
        Optional<Instance> running = Instance.running(dataDirectory);
        if (running.isEmpty()) {
            out.println("Not running. Start with: ./restore up");
            return ExitCode.NOT_FOUND;
        }
        show(running.get());
        return ExitCode.DONE;
    }

    @Command(name = "serve", description = "run the system here until it is stopped, and log to standard output")
    int serve() throws InterruptedException {
        return ServerMain.serve() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    /** The instance that runs here; everybody knows the credentials of a simulated cloud. */
    private Optional<SignIn.Local> local() {
        return Instance.running(dataDirectory)
                .map(instance ->
                        new SignIn.Local(instance.gateway(), instance.simulated() ? SampleRestore.CREDENTIALS : null));
    }

    private Instance running() throws Exception {
        try (CommandLock alone = CommandLock.acquire(DataDirectory.require(dataDirectory), out)) {
            Optional<Instance> running = Instance.running(dataDirectory);
            return running.isPresent() ? running.get() : new ServerProcess(environment, dataDirectory, out).start();
        } catch (StartRefusedException refused) {
            throw new RefusedException(Objects.requireNonNull(refused.getMessage()));
        }
    }

    private void show(Instance instance) {
        out.printf(
                """
                Wizard     %s/ui/
                REST       %s   (documentation: %s/docs)
                Kafka      %s   (subscribe to %s)
                PostgreSQL %s
                Cloud      %s   (%s%s)
                Log        %s
                """,
                instance.gateway(),
                instance.gateway(),
                instance.gateway(),
                instance.kafka(),
                Topics.EVENTS,
                instance.database(),
                instance.authUrl(),
                instance.cloud(),
                instance.simulated()
                        ? ", user %s, password %s"
                                .formatted(SampleRestore.CREDENTIALS.user(), SampleRestore.CREDENTIALS.password())
                        : "",
                dataDirectory.resolve(ServerProcess.LOG_FILE));
    }
}
