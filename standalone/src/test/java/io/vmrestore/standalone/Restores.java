package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Restores of a test, led to their end, and the commands that they print; no command may use what one of the supported
 * clients does not have.
 */
final class Restores {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ClientOptions SUPPORTED = ClientOptions.supported();

    private final RestClient admin;

    Restores(RestClient admin) {
        this.admin = admin;
    }

    String planned(Tenant tenant, String vm, String snapshot, Map<String, String> more) {
        Map<String, String> body = new HashMap<>(more);
        body.put("project_id", tenant.projectId());
        body.put("vm_id", vm);
        body.put("restore_point_id", tenant.id("snapshot/" + snapshot));
        RestClient.Answer answer = admin.post("/restore/plan", body);
        assertThat(answer.status()).as("%s", answer).isIn(201, 202);
        String job = answer.body().path("job_id").asString();
        admin.awaitJob(job, PATIENCE, now -> !now.path("status").asString().equals("PLANNING"));
        return job;
    }

    String replacing(Tenant tenant, String vm, String name, String snapshot, String strategy) {
        Map<String, String> more = new HashMap<>(Map.of("mode", "REPLACE", "ip_strategy", strategy));
        String job = planned(tenant, vm, snapshot, more);
        RestClient.Answer answer = admin.post(
                "/restore/execute", Map.of("plan_id", job, "confirm_destructive", "DELETE AND RESTORE " + name));
        assertThat(answer.status()).as("%s %s", answer, reasons(job)).isEqualTo(202);
        return job;
    }

    JsonNode ended(String job, String status) {
        JsonNode ended = admin.awaitEnd(job, PATIENCE);
        assertThat(ended.path("status").asString()).as(ended.toPrettyString()).isEqualTo(status);
        return ended;
    }

    JsonNode interrupted(String job) {
        admin.post("/restore/jobs/" + job + "/interrupt", Map.of("reason", "its cloud is gone"));
        return ended(job, "INTERRUPTED");
    }

    void awaitStep(String job, String action) {
        admin.awaitJob(
                job,
                PATIENCE,
                now -> step(now, action)
                        .map(step -> step.path("status").asString().equals("RUNNING"))
                        .orElse(false));
    }

    Optional<JsonNode> step(JsonNode job, String action) {
        return StreamSupport.stream(job.path("steps").spliterator(), false)
                .filter(step -> step.path("action").asString().equals(action))
                .findFirst();
    }

    List<String> commands(JsonNode job) {
        return commands(job, _ -> true);
    }

    List<String> commands(JsonNode job, Predicate<String> text) {
        List<String> commands = StreamSupport.stream(job.path("instructions").spliterator(), false)
                .filter(todo -> todo.path("command").isString())
                .filter(todo -> text.test(todo.path("text").asString()))
                .map(todo -> todo.path("command").asString())
                .toList();
        assertThat(commands)
                .allSatisfy(command -> assertThat(SUPPORTED.unknown(command)).isEmpty());
        return commands;
    }

    /** Pastes every command of an ended restore; what only the service user can do, the service user does. */
    void paste(JsonNode job, StockClient administrator, StockClient serviceUser) {
        administrator.paste(commands(job, text -> !isOfServiceUser(text)));
        List<String> others = commands(job, Restores::isOfServiceUser);
        if (!others.isEmpty()) {
            serviceUser.paste(others);
        }
    }

    private static boolean isOfServiceUser(String text) {
        return text.contains("signed in as the user")
                && text.contains("(" + SampleCloud.userId(SampleCloud.SERVICE_USER) + ")");
    }

    /** The commands at the end of the reasons against a plan. */
    List<String> commandsInPlan(String job) {
        List<String> commands = reasons(job).stream()
                .filter(reason -> reason.contains(": openstack "))
                .map(reason -> reason.substring(reason.indexOf("openstack ")))
                .toList();
        assertThat(commands)
                .allSatisfy(command -> assertThat(SUPPORTED.unknown(command)).isEmpty());
        return commands;
    }

    List<String> reasons(String job) {
        List<String> reasons = new ArrayList<>();
        admin.job(job).path("plan").path("reasons").forEach(reason -> reasons.add(reason.asString()));
        return reasons;
    }
}
