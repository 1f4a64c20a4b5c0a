package io.vmrestore.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code redrive}. */
@Command(name = "redrive", description = "ask once more for what a job waits for")
final class RedriveCommand implements Callable<Integer> {
    private final SignIn signIn;
    private final PrintStream out;

    @Parameters(paramLabel = "JOB", description = "id of the job")
    private String job = "";

    RedriveCommand(SignIn signIn, PrintStream out) {
        this.signIn = signIn;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonNode answer = signIn.open().post(OperatorCommands.path(job) + "/redrive", Map.of());
        out.printf(
                "Job %s is %s; what it waits for is asked for once more.%n",
                answer.path("job_id").asString(), answer.path("status").asString());
        return ExitCode.DONE;
    }
}
