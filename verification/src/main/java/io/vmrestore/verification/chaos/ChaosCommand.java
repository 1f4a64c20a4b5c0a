package io.vmrestore.verification.chaos;

import io.vmrestore.cli.ExitCode;
import io.vmrestore.cli.RefusedException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./restore chaos}. */
@Command(name = "chaos", description = "run everything as processes of their own under continuous faults, and judge it")
public final class ChaosCommand implements Callable<Integer> {
    private static final int MOST_MINUTES = 24 * 60;
    private static final int MOST_SECONDS = 600;

    private final PrintStream out;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "3",
            description = "how long faults happen (default: ${DEFAULT-VALUE})")
    private int minutes;

    @Option(names = "--seed", paramLabel = "S", description = "faults and wishes follow from it (default: a new one)")
    private @Nullable Long seed;

    @Option(
            names = "--guarantee",
            defaultValue = "exactly_once_v2",
            description = "of dispatch: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Guarantee guarantee = Guarantee.exactly_once_v2;

    @Option(
            names = "--fault-every",
            paramLabel = "SECONDS",
            defaultValue = "8",
            description = "mean time between the beginnings of two faults (default: ${DEFAULT-VALUE})")
    private int faultEvery;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "what the processes keep and log (default: a temporary one, removed if all is well)")
    private @Nullable Path directory;

    @Spec
    private CommandSpec command = CommandSpec.create();

    /** As RESTORE_DISPATCH_GUARANTEE takes it, so by these names. */
    private enum Guarantee {
        exactly_once_v2,
        at_least_once
    }

    public ChaosCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        if (!new ChaosRun(options(new SecureRandom().nextInt(Integer.MAX_VALUE)), out).run()) {
            throw new RefusedException("Not every promise was kept; see above.");
        }
        return ExitCode.DONE;
    }

    /**
     * What was given, checked.
     *
     * @param newSeed the seed if none is given
     */
    ChaosOptions options(long newSeed) {
        return new ChaosOptions(
                Duration.ofMinutes(between("--minutes", minutes, MOST_MINUTES)),
                seed == null ? newSeed : seed,
                guarantee.name(),
                Duration.ofSeconds(between("--fault-every", faultEvery, MOST_SECONDS)),
                directory == null ? null : directory.toAbsolutePath().normalize());
    }

    private int between(String name, int number, int most) {
        if (number < 1 || number > most) {
            throw new ParameterException(
                    command.commandLine(),
                    name + " must be a whole number from 1 to " + most + ", not '" + number + "'");
        }
        return number;
    }
}
