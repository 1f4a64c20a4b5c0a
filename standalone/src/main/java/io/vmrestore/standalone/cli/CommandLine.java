package io.vmrestore.standalone.cli;

import io.vmrestore.common.contract.Topics;
import io.vmrestore.standalone.server.Instance;
import io.vmrestore.standalone.server.StandaloneSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The commands of {@code ./restore}. */
public final class CommandLine {
    private static final String USAGE = """
        usage: ./restore COMMAND
          up      start broker, database, simulated cloud and the four services; data stays in .restore
          demo    start them if they are not up, restore a sample VM and show the progress
          down    stop them; nothing is lost
          status  say what is running and where
          chaos   run everything as processes of their own under continuous faults, and judge it
        %s\
        """.formatted(Operations.USAGE);

    private final Map<String, String> environment;
    private final PrintStream out;
    private final Path dataDirectory;

    public CommandLine(Map<String, String> environment, PrintStream out) {
        this.environment = Map.copyOf(environment);
        this.out = out;
        this.dataDirectory = StandaloneSettings.dataDirectory(environment);
    }

    /** @throws CommandLineException with a message for the person if the command cannot be carried out */
    public void run(String[] arguments) throws Exception {
        if (Operations.knows(arguments)) {
            new Operations(signedIn(), out).run(arguments);
            return;
        }
        String command = arguments.length == 1 ? arguments[0] : "";
        switch (command) {
            case "up" -> show(up());
            case "demo" -> demo();
            case "down" -> down();
            case "status" ->
                Instance.running(dataDirectory)
                        .ifPresentOrElse(this::show, () -> out.println("Not running. Start with: ./restore up"));
            default -> throw new CommandLineException(USAGE);
        }
    }

    /**
     * The gateway that RESTORE_GATEWAY_URL names, or the running instance's, with the person's token or Keystone
     * credentials; the simulated cloud's own are known.
     */
    private Gateway signedIn() throws Exception {
        Optional<Instance> running = Instance.running(dataDirectory);
        String named = environment.getOrDefault("RESTORE_GATEWAY_URL", "");
        if (named.isBlank() && running.isEmpty()) {
            throw new CommandLineException("Nothing is running here. Start it with ./restore up, or set"
                    + " RESTORE_GATEWAY_URL to the gateway of a running system, such as https://restore.example.com");
        }
        Gateway gateway = new Gateway(named.isBlank() ? running.get().gateway() : named.replaceAll("/+$", ""));
        String token = environment.getOrDefault("RESTORE_ACCESS_TOKEN", "");
        String user = environment.getOrDefault("OS_USERNAME", "");
        if (!token.isBlank()) {
            gateway.use(token);
        } else if (!user.isBlank()) {
            gateway.login(
                    user, environment.getOrDefault("OS_PASSWORD", ""), environment.getOrDefault("OS_PROJECT_NAME", ""));
        } else if (named.isBlank() && running.get().simulated()) {
            gateway.login(SampleRestore.USERNAME, SampleRestore.PASSWORD, SampleRestore.PROJECT);
        } else {
            throw new CommandLineException("Who are you? Source an openrc file (OS_USERNAME, OS_PASSWORD,"
                    + " OS_PROJECT_NAME) or set RESTORE_ACCESS_TOKEN; the permission restore:operate is needed.");
        }
        return gateway;
    }

    private Instance up() throws Exception {
        Optional<Instance> running = Instance.running(dataDirectory);
        return running.isPresent() ? running.get() : new ServerProcess(environment, dataDirectory, out).start();
    }

    private void demo() throws Exception {
        // Said before anything is started: a rehearsal needs the simulator and its sample VMs.
        if (!environment.getOrDefault("OS_AUTH_URL", "").isBlank()) {
            throw new CommandLineException(
                    "./restore demo works with the simulated cloud only, and OS_AUTH_URL names a real one. "
                            + "Unset it, or restore over REST as the README shows.");
        }
        Instance instance = up();
        if (!instance.simulated()) {
            throw new CommandLineException(
                    "The running instance works with " + instance.cloud() + ". Stop it first: ./restore down");
        }
        new Demo(instance, out).run();
    }

    private void down() throws InterruptedException {
        Optional<Instance> running = Instance.running(dataDirectory);
        if (running.isEmpty()) {
            out.println("Not running.");
            return;
        }
        ServerProcess.stop(running.get(), Duration.ofSeconds(60));
        out.println("Stopped. Jobs, events and the simulated cloud are kept in " + dataDirectory);
    }

    private void show(Instance instance) {
        out.printf(
                """
                Wizard     %s/ui/
                REST       %s   (documentation: %s/docs)
                Kafka      %s   (subscribe to %s)
                PostgreSQL %s
                Cloud      %s   (%s)
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
                dataDirectory.resolve(ServerProcess.LOG_FILE));
    }
}
