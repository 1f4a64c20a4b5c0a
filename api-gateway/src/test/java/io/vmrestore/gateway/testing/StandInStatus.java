package io.vmrestore.gateway.testing;

import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.gateway.testing.StandInServer.Request;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * The status service's internal interface. Without a script no job is known. Claims of requests are kept as the real
 * one keeps them, no restore is at work unless a test says so, and neither question is among the requests.
 */
public final class StandInStatus extends ScriptedService {
    private final Map<String, JsonNode> claims = new ConcurrentHashMap<>();
    private final Map<String, Function<JsonNode, Answer>> activity = new ConcurrentHashMap<>();

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
        if (request.uri().getPath().equals("/internal/claims")) {
            JsonNode claim = request.json();
            return Answer.json(
                    200, claims.merge(user + " " + claim.path("key").asString(), claim, StandInStatus::held));
        }
        if (request.uri().getPath().equals("/internal/active")) {
            return activity.getOrDefault(user, question -> activity(0, 0, accepted(question)))
                    .apply(request.json());
        }
        return super.answer(user, request);
    }
}
