package io.vmrestore.standalone.cli;

import io.vmrestore.cli.ExitCode;
import io.vmrestore.cli.Gateway;
import io.vmrestore.cli.RefusedException;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.standalone.server.Instance;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Restores a sample VM of the simulated cloud over REST, as a client would, and shows how it goes. */
final class Demo {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Instance instance;
    private final PrintStream out;

    Demo(Instance instance, PrintStream out) {
        this.instance = instance;
        this.out = out;
    }

    void run() throws Exception {
        Gateway gateway = new Gateway(instance.gateway());
        gateway.login(SampleRestore.CREDENTIALS);
        out.printf("Signed in as %s. Planning the restore of a sample VM ...%n", SampleRestore.CREDENTIALS.user());
        JsonNode planned = gateway.post("/restore/plan", SampleRestore.request());
        String jobId = planned.path("job_id").asString();
        PlanSummary.print(planned.path("plan"), out);

        gateway.post("/restore/execute", Map.of("plan_id", jobId));
        JsonNode job = follow(gateway, jobId);

        String status = job.path("status").asString();
        if (!status.equals("COMPLETED")) {
            throw new RefusedException(
                    status.equals("CANCELLED") ? ExitCode.CANCELLED : ExitCode.FAILED,
                    "The restore ended " + status + ": "
                            + job.path("failure").path("message").asString("no reason given"));
        }
        printResult(job);
    }

    private JsonNode follow(Gateway gateway, String jobId) throws Exception {
        Instant began = Instant.now();
        ProgressDisplay display = ProgressDisplay.on(out, System.getenv());
        Thread leaving = new Thread(() -> tellThatItGoesOn(jobId));
        Runtime.getRuntime().addShutdownHook(leaving);
        try {
            while (true) {
                JsonNode job = gateway.get("/restore/jobs/" + jobId);
                display.show(job);
                boolean ended = !job.path("completed_at").isNull();
                if (ended) {
                    display.end();
                    return job;
                }
                if (Duration.between(began, Instant.now()).compareTo(PATIENCE) > 0) {
                    throw new RefusedException(
                            ExitCode.TIMED_OUT,
                            "The restore has not ended within " + PATIENCE.toMinutes()
                                    + " minutes and goes on. Follow it at " + page(jobId));
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } finally {
            Runtime.getRuntime().removeShutdownHook(leaving);
        }
    }

    /** Said when somebody presses Ctrl-C: only the watching ends. */
    private void tellThatItGoesOn(String jobId) {
        out.println();
        out.println("The restore goes on without you. Follow it at " + page(jobId)
                + " ; cancel it there; ./restore down stops everything.");
    }

    private String page(String jobId) {
        return instance.gateway() + "/ui/jobs/" + jobId;
    }

    private void printResult(JsonNode job) {
        JsonNode result = job.path("result");
        out.printf(
                """

                COMPLETED  %s
                  server   %s (ACTIVE)
                  volume   %s
                  ports    %s
                  IPs      %s
                """,
                job.path("job_id").asString(),
                result.path("server_id").asString(),
                result.path("volume_id").asString(),
                PlanSummary.list(result.path("port_ids")),
                PlanSummary.list(result.path("ips")));
        result.path("differences")
                .forEach(difference -> out.printf(
                        "  differs  %s: %s -> %s%n",
                        difference.path("field").asString(),
                        difference.path("original").asString(),
                        difference.path("restored").asString()));
        out.printf(
                """

                Where to look next
                  the wizard                  %s/ui/
                  API and its documentation   %s/docs
                  the event stream            topic %s on %s
                  the simulated cloud         OS_AUTH_URL=%s, user %s, password %s
                  guarantees and design       docs/architecture.md
                  stop                        ./restore down   (everything is kept)
                """,
                instance.gateway(),
                instance.gateway(),
                Topics.EVENTS,
                instance.kafka(),
                instance.authUrl(),
                SampleRestore.CREDENTIALS.user(),
                SampleRestore.CREDENTIALS.password());
    }
}
