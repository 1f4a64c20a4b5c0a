package io.vmrestore.verification.benchmarks;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every bench can be told. */
public final class BenchOptions {
    static final int MOST_RESTORES = 1000;
    private static final String SECRETS = ".*(SECRET|KEY|PASSWORD|TOKEN).*";

    @Option(
            names = "--restores",
            paramLabel = "N",
            defaultValue = "20",
            description = "restores that are measured (default: ${DEFAULT-VALUE})")
    private int restores;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "5",
            description = "restores before them (default: ${DEFAULT-VALUE})")
    private int warmUp;

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures there as well")
    private @Nullable Path json;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "show ratios to the figures that --json wrote in an earlier run")
    private @Nullable Path baseline;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** Whoever starts a bench without a command line says what is wanted here. */
    static BenchOptions of(int restores, int warmUp) {
        BenchOptions options = new BenchOptions();
        options.restores = restores;
        options.warmUp = warmUp;
        return options;
    }

    public int restores() {
        return restores;
    }

    public int warmUp() {
        return warmUp;
    }

    public @Nullable Path json() {
        return json;
    }

    public @Nullable Path baseline() {
        return baseline;
    }

    /** Ends with a clear error where a number is out of its range. */
    void check() {
        between("--restores", restores, 1);
        between("--warm-up", warmUp, 0);
    }

    /** As the report shows them, with every setting of the environment that the processes inherit. */
    Map<String, String> shown() {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("restores", Integer.toString(restores));
        shown.put("warm-up", Integer.toString(warmUp));
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("RESTORE_") && !name.equals("RESTORE_DATA_DIRECTORY") && !name.matches(SECRETS)) {
                shown.put(name, value);
            }
        });
        return shown;
    }

    private void between(String name, int number, int least) {
        if (number < least || number > MOST_RESTORES) {
            String message =
                    name + " must be a whole number from " + least + " to " + MOST_RESTORES + ", not '" + number + "'";
            if (command == null) {
                throw new IllegalArgumentException(message);
            }
            throw new ParameterException(command.commandLine(), message);
        }
    }
}
