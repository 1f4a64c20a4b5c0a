package io.vmrestore.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code interrupt}. */
@Command(name = "interrupt", description = "give a job up; what it made is named and stays")
final class InterruptCommand implements Callable<Integer> {
    private final SignIn signIn;
    private final PrintStream out;

    @Parameters(index = "0", paramLabel = "JOB", description = "id of the job")
    private String job = "";

    @Parameters(index = "1", paramLabel = "REASON", description = "why, for who reads about the job later")
    private String reason = "";

    InterruptCommand(SignIn signIn, PrintStream out) {
        this.signIn = signIn;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Gateway gateway = signIn.open();
        String path = OperatorCommands.path(job);
        gateway.post(path + "/interrupt", Map.of("reason", reason));
        JsonNode ended = gateway.get(path);
        out.printf(
                "Job %s is %s.%n",
                ended.path("job_id").asString(), ended.path("status").asString());
        ended.path("leftovers")
                .forEach(left -> out.printf(
                        "  left: %s %s%n",
                        left.path("type").asString(), left.path("id").asString()));
        return ExitCode.DONE;
    }
}
