package io.vmrestore.verification;

import io.vmrestore.cli.Conventions;
import io.vmrestore.verification.benchmarks.BenchCommand;
import io.vmrestore.verification.chaos.ChaosCommand;
import io.vmrestore.verification.soak.SoakCommand;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry of what judges the product; {@code ./restore} hands these commands over. */
@Command(name = "./restore", description = "Judges and measures the system, each time one of its own.")
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine(System.out, System.err).execute(arguments));
    }

    static CommandLine commandLine(PrintStream out, PrintStream err) {
        return Conventions.apply(
                new CommandLine(new Main())
                        .addSubcommand(new ChaosCommand(out))
                        .addSubcommand(new BenchCommand(out))
                        .addSubcommand(new SoakCommand(out)),
                out,
                err);
    }
}
