package io.vmrestore.verification.soak;

import io.vmrestore.cli.ExitCode;
import io.vmrestore.cli.RefusedException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./restore soak}. */
@Command(name = "soak", description = "connect thousands of clients that do not behave, and restore a VM meanwhile")
public final class SoakCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MOST_CLIENTS = 50;
    private static final int MOST_ROUNDS = 100;

    private final PrintStream out;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "20000",
            description = "attempted in each round (default: ${DEFAULT-VALUE})")
    private int connections;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "4",
            description = "processes that attempt them, each from an address of its own (default: ${DEFAULT-VALUE})")
    private int clients;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "2",
            description = "how often (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Spec
    private CommandSpec command = CommandSpec.create();

    public SoakCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        between("--clients", clients, MOST_CLIENTS);
        between("--rounds", rounds, MOST_ROUNDS);
        SoakOptions options;
        try {
            options = new SoakOptions(connections, clients, rounds, Map.of(), PATIENCE);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), wrong.getMessage(), wrong);
        }
        if (!new SoakRun(options, out).run()) {
            throw new RefusedException("Not every promise was kept; see above.");
        }
        return ExitCode.DONE;
    }

    private void between(String name, int number, int most) {
        if (number < 1 || number > most) {
            throw new ParameterException(
                    command.commandLine(),
                    name + " must be a whole number from 1 to " + most + ", not '" + number + "'");
        }
    }
}
