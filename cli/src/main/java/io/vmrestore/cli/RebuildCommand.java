package io.vmrestore.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code rebuild}: starts a run, follows it, and returns when it has ended. */
@Command(name = "rebuild", description = "fold the status tables anew while everything goes on")
final class RebuildCommand implements Callable<Integer> {
    private static final String REBUILD = "/restore/operations/status-rebuild";
    private static final int LOOK_MILLIS = 500;

    private final SignIn signIn;
    private final PrintStream out;

    RebuildCommand(SignIn signIn, PrintStream out) {
        this.signIn = signIn;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Gateway gateway = signIn.open();
        JsonNode run = gateway.post(REBUILD, Map.of());
        String id = run.path("id").asString();
        long shown = -1;
        while (run.path("state").asString().equals("RUNNING")) {
            if (run.path("records").asLong() != shown) {
                shown = run.path("records").asLong();
                out.printf(
                        "Folded %d of %d records.%n",
                        shown, run.path("records_total").asLong());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            run = gateway.get(REBUILD);
            if (!run.path("id").asString().equals(id)) {
                throw new RefusedException("Another run has begun meanwhile: see GET " + REBUILD);
            }
        }
        if (!run.path("state").asString().equals("COMPLETED")) {
            throw new RefusedException("The tables were not rebuilt and are as before: "
                    + run.path("problem").asString("the status-service that folded them has died; try again"));
        }
        out.printf(
                "The status tables are rebuilt: %d jobs from %d records.%n",
                run.path("jobs").asLong(), run.path("records").asLong());
        return ExitCode.DONE;
    }
}
