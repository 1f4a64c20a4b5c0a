package io.vmrestore.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What every command has in common: help, exit codes, and how it says that it cannot go on. */
public final class Conventions {
    private static final int WIDTH = 120;

    private Conventions() {}

    /** Applies them to a command and to all commands below it, which must have been added before. */
    public static CommandLine apply(CommandLine command, PrintStream out, PrintStream err) {
        help(command.getCommandSpec());
        // Both set what the commands below have as well.
        return command.setOut(writer(out))
                .setErr(writer(err))
                .setUsageHelpWidth(WIDTH)
                .setExecutionExceptionHandler((failed, where, parsed) -> refuse(failed, where));
    }

    private static void help(CommandSpec command) {
        command.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("show this and do nothing")
                .build());
        command.usageMessage()
                .synopsisSubcommandLabel("COMMAND")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.meanings());
        command.subcommands().values().forEach(below -> help(below.getCommandSpec()));
    }

    private static int refuse(Exception failed, CommandLine command) {
        switch (failed) {
            case RefusedException refused -> command.getErr().println(refused.getMessage());
            case IllegalArgumentException setting -> command.getErr().println(setting.getMessage());
            case IOException broken ->
                command.getErr().println(Objects.requireNonNullElse(broken.getMessage(), broken.toString()));
            default -> failed.printStackTrace(command.getErr());
        }
        return ExitCode.REFUSED;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
