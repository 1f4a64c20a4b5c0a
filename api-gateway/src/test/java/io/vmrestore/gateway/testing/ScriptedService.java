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

/**
 * A service behind the gateway. Tests run side by side by asking as different users: each scripts what its own user is
 * answered.
 */
public class ScriptedService implements AutoCloseable {
    private final StandInServer server = new StandInServer(request -> answer(user(request), request));
    private final Map<String, Function<Request, Answer>> scripts = new ConcurrentHashMap<>();
    private final Map<String, List<Request>> requests = new ConcurrentHashMap<>();
    private final Answer unscripted;

    /** @param unscripted what users without a script are answered */
    public ScriptedService(Answer unscripted) {
        this.unscripted = unscripted;
    }

    public final void script(String user, Function<Request, Answer> script) {
        scripts.put(user, script);
    }

    /** What was asked on behalf of this user. */
    public final List<Request> requests(String user) {
        return requests.getOrDefault(user, List.of());
    }

    public final String url() {
        return server.url();
    }

    /** By the user's script, and remembers the request. */
    protected Answer answer(String user, Request request) {
        requests.computeIfAbsent(user, _ -> new CopyOnWriteArrayList<>()).add(request);
        return scripts.getOrDefault(user, _ -> unscripted).apply(request);
    }

    private static String user(Request request) {
        String token = String.valueOf(request.header("Authorization")).replace("Bearer ", "");
        String[] parts = token.split("\\.");
        byte[] claims = Base64.getUrlDecoder().decode(parts.length == 3 ? parts[1] : "e30");
        return Json.MAPPER.readTree(claims).path("sub").asString("nobody");
    }

    @Override
    public final void close() {
        server.close();
    }
}
