package io.vmrestore.gateway.testing;

import io.vmrestore.common.codec.Json;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.gateway.testing.StandInServer.Request;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The status service's internal interface. Without a script no job is known. Claims of requests are kept as the real
 * one keeps them, no restore is at work unless a test says so, and neither question is among the requests.
 */
public final class StandInStatus extends ScriptedService {
    private final Map<String, JsonNode> claims = new ConcurrentHashMap<>();
    private final Map<String, Function<JsonNode, Answer>> activity = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

    public StandInStatus() {
        super(notFound());
    }

    /** The job that a request is about. */
    public static String jobId(Request request) {
        return request.uri().getPath().substring("/internal/jobs/".length());
    }

    public static Answer notFound() {
        return new Answer(
                404,
                Map.of("Content-Type", "application/problem+json"),
                "{\"type\":\"urn:vm-restore:problem:job-not-found\",\"status\":404}");
    }

    /** What this user's gateway is answered when it asks how many restores are at work. */
    public void activity(String user, Function<JsonNode, Answer> script) {
        activity.put(user, script);
    }

    /** So many restores are at work, which contains the requests with these ids. */
    public static Answer activity(int total, int inProject, List<String> shown) {
        return Answer.json(200, Map.of("total", total, "in_project", inProject, "shown", shown));
    }

    /** The ids of all accepted requests that the gateway asks about. */
    public static List<String> accepted(JsonNode question) {
        return question.path("accepted").values().stream()
                .map(request -> request.path("execution_id")
                        .asString(request.path("job_id").asString()))
                .toList();
    }

    private static JsonNode held(JsonNode first, JsonNode sent) {
        if (first.path("subject_id").equals(sent.path("subject_id"))
                && sent.path("admitted").asBoolean()) {
            return sent;
        }
        return first;
    }

    @Override
    protected Answer answer(String user, Request request) {
        calls.computeIfAbsent(user, _ -> new AtomicInteger()).incrementAndGet();
        return switch (request.uri().getPath()) {
            case "/internal/claims" -> Answer.json(200, claimed(user, request.json()));
            case "/internal/requests" -> admitted(user, request);
            default -> super.answer(user, request);
        };
    }

    /** How often the service was called on behalf of this user, whatever was asked. */
    public int calls(String user) {
        return calls.getOrDefault(user, new AtomicInteger()).get();
    }

    private JsonNode claimed(String user, JsonNode claim) {
        return claims.merge(user + " " + claim.path("key").asString(), claim, StandInStatus::held);
    }

    /** Asks the scripts about the job and about what is at work, and decides as the real one does. */
    private Answer admitted(String user, Request request) {
        JsonNode question = request.json();
        JsonNode sent = question.path("claim");
        boolean keyed = sent.path("key").isString();
        JsonNode held = keyed ? claimed(user, sent) : sent;
        String jobId = question.path("plan_id").asString(held.path("subject_id").asString());
        Answer job = super.answer(
                user, new Request("GET", URI.create("/internal/jobs/" + jobId), request.headers(), new byte[0]));
        if (job.status() != 200 && job.status() != 404) {
            return job;
        }
        JsonNode document = job.status() == 200 ? Json.MAPPER.readTree(job.body()) : NullNode.getInstance();
        String project =
                question.path("project_id").asString(document.path("project_id").asString(""));
        Answer counts = activity.getOrDefault(user, asked -> activity(0, 0, accepted(asked)))
                .apply(Json.MAPPER
                        .createObjectNode()
                        .put("project_id", project)
                        .set("accepted", question.path("accepted")));
        return counts.status() == 200 ? decided(user, question, held, document, project, counts) : counts;
    }

    private Answer decided(
            String user, JsonNode question, JsonNode claim, JsonNode job, String project, Answer activity) {
        JsonNode counts = Json.MAPPER.readTree(activity.body());
        Set<String> shown =
                counts.path("shown").values().stream().map(JsonNode::asString).collect(Collectors.toSet());
        List<JsonNode> waiting = question.path("accepted").values().stream()
                .filter(request -> !shown.contains(request.path("execution_id")
                        .asString(request.path("job_id").asString())))
                .toList();
        long total = counts.path("total").asLong() + waiting.size();
        long inProject = counts.path("in_project").asLong()
                + waiting.stream()
                        .filter(request ->
                                request.path("project_id").asString("").equals(project))
                        .count();
        JsonNode limits = question.path("limits");
        boolean free = total < limits.path("active").asLong()
                && inProject < limits.path("active_per_project").asLong();
        JsonNode held = claim.path("key").isString() ? claimed(user, claim) : claim;
        boolean admitted = free || held.path("admitted").asBoolean(false);
        if (admitted && claim.path("key").isString()) {
            claimed(user, ((ObjectNode) held.deepCopy()).put("admitted", true));
        }
        Map<String, Object> answer = new HashMap<>(Map.of("claim", held, "admitted", admitted, "shown", shown));
        answer.put("job", job);
        answer.put("total", total);
        answer.put("in_project", inProject);
        return Answer.json(200, answer);
    }
}
