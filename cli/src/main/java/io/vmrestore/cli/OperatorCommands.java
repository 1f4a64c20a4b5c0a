package io.vmrestore.cli;

import java.io.PrintStream;
import picocli.CommandLine;

/** What an operator does when something does not get on; each is one request to the gateway, or a few. */
public final class OperatorCommands {
    private OperatorCommands() {}

    /** Adds every command of operators to a command line. */
    public static void addTo(CommandLine command, SignIn signIn, PrintStream out) {
        command.addSubcommand(new RedriveCommand(signIn, out))
                .addSubcommand(new InterruptCommand(signIn, out))
                .addSubcommand(new DeadLetterCommand(signIn, out))
                .addSubcommand(new RebuildCommand(signIn, out));
    }

    /**
     * The path of a job.
     *
     * @throws RefusedException if this is no id of a job
     */
    static String path(String job) {
        if (!job.matches("[0-9a-fA-F-]{36}")) {
            throw new RefusedException(ExitCode.USAGE, "'" + job + "' is no job id; GET /restore/jobs lists the jobs.");
        }
        return "/restore/jobs/" + job;
    }
}
