package io.vmrestore.gateway.testing;

import io.vmrestore.common.codec.Json;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.gateway.testing.StandInServer.Request;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * The status service's internal interface. Tests run side by side by asking as different users: each scripts what its
 * own user is answered. Without a script no job is known. Claims of requests are kept as the real one keeps them, and
 * are not among the requests.
 */
public final class StandInStatus implements AutoCloseable {
    private final StandInServer server = new StandInServer(this::answer);
    private final Map<String, Function<Request, Answer>> scripts = new ConcurrentHashMap<>();
    private final Map<String, List<Request>> requests = new ConcurrentHashMap<>();

    private final Map<String, JsonNode> claims = new ConcurrentHashMap<>();

    public void script(String user, Function<Request, Answer> script) {
        scripts.put(user, script);
    }

    /** What was asked on behalf of this user. */
    public List<Request> requests(String user) {
        return requests.getOrDefault(user, List.of());
    }

    public String url() {
        return server.url();
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

    private Answer answer(Request request) {
        String user = user(request);
        if (request.uri().getPath().equals("/internal/claims")) {
            JsonNode claim = request.json();
            JsonNode held = claims.putIfAbsent(user + " " + claim.path("key").asString(), claim);
            return Answer.json(200, held == null ? claim : held);
        }
        requests.computeIfAbsent(user, _ -> new CopyOnWriteArrayList<>()).add(request);
        return scripts.getOrDefault(user, _ -> notFound()).apply(request);
    }

    private static String user(Request request) {
        String token = String.valueOf(request.header("Authorization")).replace("Bearer ", "");
        String[] parts = token.split("\\.");
        byte[] claims = Base64.getUrlDecoder().decode(parts.length == 3 ? parts[1] : "e30");
        return Json.MAPPER.readTree(claims).path("sub").asString("nobody");
    }

    @Override
    public void close() {
        server.close();
    }
}
