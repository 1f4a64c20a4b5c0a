package io.vmrestore.gateway.testing;

import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.gateway.testing.StandInServer.Request;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * The status service's internal interface. Without a script no job is known. Claims of requests are kept as the real
 * one keeps them, and are not among the requests.
 */
public final class StandInStatus extends ScriptedService {
    private final Map<String, JsonNode> claims = new ConcurrentHashMap<>();

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

    @Override
    protected Answer answer(String user, Request request) {
        if (request.uri().getPath().equals("/internal/claims")) {
            JsonNode claim = request.json();
            JsonNode held = claims.putIfAbsent(user + " " + claim.path("key").asString(), claim);
            return Answer.json(200, held == null ? claim : held);
        }
        return super.answer(user, request);
    }
}
