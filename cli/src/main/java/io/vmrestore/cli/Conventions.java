package io.vmrestore.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What every command has in common: help, exit codes, and how it says that it cannot go on. */
public final class Conventions {
    private static final int WIDTH = 120;

    private Conventions() {}

    /** Applies them to a command and to all commands below it, which must have been added before. */
    public static CommandLine apply(CommandLine command, PrintStream out, PrintStream err) {
        help(command.getCommandSpec());
        version(command.getCommandSpec());
        // Both set what the commands below have as well.
        return command.setOut(writer(out))
                .setErr(writer(err))
                .setUsageHelpWidth(WIDTH)
                .setParameterExceptionHandler((wrong, words) -> tellUsage(wrong))
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

    /** The mistake and the right form, without the whole help. */
    private static int tellUsage(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println(wrong.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(wrong, command.getErr())) {
            command.getErr().print("Usage: " + command.getHelp().synopsis(0));
        }
        command.getErr().println("More: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static int refuse(Exception failed, CommandLine command) {
        return switch (failed) {
            case RefusedException refused -> {
                command.getErr().println(refused.getMessage());
                yield refused.exitCode();
            }
            case IllegalArgumentException setting -> {
                command.getErr().println(setting.getMessage());
                yield ExitCode.USAGE;
            }
            case IOException broken -> {
                command.getErr().println(Objects.requireNonNullElse(broken.getMessage(), broken.toString()));
                yield ExitCode.BROKEN;
            }
            default -> {
                failed.printStackTrace(command.getErr());
                yield ExitCode.BROKEN;
            }
        };
    }

    private static void version(CommandSpec command) {
        command.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("show the version and do nothing")
                .build());
        command.versionProvider(() -> new String[] {version()});
    }

    /** As the build has written it into the jar. */
    private static String version() {
        return "vm-restore "
                + Objects.requireNonNullElse(
                        Conventions.class.getPackage().getImplementationVersion(), "(not packaged)");
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
