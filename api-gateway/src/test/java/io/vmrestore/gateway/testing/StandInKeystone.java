package io.vmrestore.gateway.testing;

import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.gateway.testing.StandInServer.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Keystone as far as a login sees it, its answers shaped after recordings of the real one: token-unscoped,
 * token-rescope, token-bad-password, my-projects. A scoped token without a role is refused in the words of a bad
 * password.
 */
public final class StandInKeystone implements AutoCloseable {
    /** Of the tokens that a login gets. */
    public static final Duration LIFETIME = Duration.ofHours(8);

    public static final String PASSWORD = "correct horse battery staple";

    private final StandInServer server = new StandInServer(this::answer);
    private final Map<String, Map<String, List<String>>> rolesOfUser = new ConcurrentHashMap<>();
    private final Map<String, String> userOfToken = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Object>> documentOfToken = new ConcurrentHashMap<>();
    private final Map<String, Function<Request, Answer>> faults = new ConcurrentHashMap<>();
    private final Map<String, Duration> lifetimes = new ConcurrentHashMap<>();
    private final Set<String> bound = ConcurrentHashMap.newKeySet();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** A new user in domain Default with {@link #PASSWORD} and these roles by project name. */
    public String user(Map<String, List<String>> rolesByProject) {
        String name = "user-" + UUID.randomUUID();
        rolesOfUser.put(name, rolesByProject);
        return name;
    }

    /** A token of this user as Keystone's own clients get it, scoped to a project unless that is null. */
    public String token(String user, @Nullable String project, Instant expiresAt) {
        String id = "gAAAAAB" + UUID.randomUUID();
        List<String> roles = project == null ? List.of() : rolesOfUser.get(user).getOrDefault(project, List.of());
        userOfToken.put(id, user);
        documentOfToken.put(id, document(user, List.of("password"), project, roles, expiresAt.toString()));
        return id;
    }

    /** A token of this user that is scoped to something else than a project, with the role admin there. */
    public String tokenOf(String user, Map<String, ?> scope, Instant expiresAt) {
        String id = token(user, null, expiresAt);
        documentOfToken.computeIfPresent(id, (_, document) -> {
            Map<String, Object> scoped = new HashMap<>(document);
            scoped.putAll(scope);
            scoped.put("roles", List.of(Map.of("id", idOf("admin"), "name", "admin")));
            return scoped;
        });
        return id;
    }

    /** From now on no token of this user is valid. */
    public void revoke(String user) {
        userOfToken.values().removeIf(user::equals);
    }

    /** From now on the tokens that this user's logins get live so long. */
    public void lifetime(String user, Duration lifetime) {
        lifetimes.put(user, lifetime);
    }

    /** From now on no token of this user is exchanged for another one, as by Keystone's policy. */
    public void bind(String user) {
        bound.add(user);
    }

    /** How often Keystone was asked about this token. */
    public long checks(String token) {
        return requests.stream()
                .filter(request -> request.method().equals("GET") && token.equals(request.header("X-Subject-Token")))
                .count();
    }

    /** Answers this user's logins, and questions about a token, like that. */
    public void fault(String user, Function<Request, Answer> answer) {
        faults.put(user, answer);
    }

    /** Answers as it would without {@link #fault}. */
    public void heal(String userOrToken) {
        faults.remove(userOrToken);
    }

    public List<Request> requests() {
        return requests;
    }

    public String url() {
        return server.url();
    }

    private Answer answer(Request request) {
        requests.add(request);
        return switch (request.method() + " " + request.uri().getPath()) {
            case "POST /v3/auth/tokens" -> tokens(request);
            case "GET /v3/auth/tokens" -> validate(request);
            case "GET /v3/auth/projects" -> projects(request);
            default -> error(404, "Not Found", "The resource could not be found.");
        };
    }

    private Answer tokens(Request request) {
        JsonNode auth = request.json().path("auth");
        JsonNode identity = auth.path("identity");
        if (identity.path("methods").path(0).asString("").equals("token")) {
            return scoped(identity.path("token").path("id").asString(""), auth.path("scope"));
        }
        JsonNode user = identity.path("password").path("user");
        String name = user.path("name").asString("");
        if (faults.containsKey(name)) {
            return faults.get(name).apply(request);
        }
        boolean right = rolesOfUser.containsKey(name)
                && user.path("domain").path("name").asString("").equals("Default")
                && user.path("password").asString("").equals(PASSWORD);
        return right && auth.path("scope").asString("").equals("unscoped")
                ? issue(name, List.of("password"), null, List.of())
                : unauthorized();
    }

    private Answer scoped(String token, JsonNode scope) {
        @Nullable String user = userOfToken.get(token);
        if (user == null) {
            return unauthorized();
        }
        if (bound.contains(user)) {
            return error(
                    403,
                    "Forbidden",
                    "You are not authorized to perform the requested action: rescope a scoped token.");
        }
        String projectId = scope.path("project").path("id").asString("");
        for (Map.Entry<String, List<String>> project : rolesOfUser.get(user).entrySet()) {
            if (idOf(project.getKey()).equals(projectId) && !project.getValue().isEmpty()) {
                return issue(user, List.of("password", "token"), project.getKey(), project.getValue());
            }
        }
        return unauthorized();
    }

    private Answer validate(Request request) {
        String id = String.valueOf(request.header("X-Subject-Token"));
        if (faults.containsKey(id)) {
            return faults.get(id).apply(request);
        }
        @Nullable Map<String, Object> token = documentOfToken.get(id);
        return token == null || !id.equals(request.header("X-Auth-Token"))
                ? unauthorized()
                : Answer.json(200, Map.of("token", token));
    }

    private Answer issue(String user, List<String> methods, @Nullable String project, List<String> roles) {
        String id = "gAAAAAB" + UUID.randomUUID();
        userOfToken.put(id, user);
        Answer answer = Answer.json(
                201,
                Map.of(
                        "token",
                        document(
                                user,
                                methods,
                                project,
                                roles,
                                Instant.now()
                                        .plus(lifetimes.getOrDefault(user, LIFETIME))
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString())));
        return new Answer(201, Map.of("Content-Type", "application/json", "X-Subject-Token", id), answer.body());
    }

    private static Map<String, Object> document(
            String user, List<String> methods, @Nullable String project, List<String> roles, String expiresAt) {
        Map<String, Object> token = new HashMap<>(Map.of(
                "methods",
                methods,
                "user",
                Map.of("domain", DOMAIN, "id", idOf(user), "name", user),
                "audit_ids",
                List.of("MrxujqReQOa0zaq8k1Am6w"),
                "expires_at",
                expiresAt,
                "issued_at",
                "2026-11-22T15:41:23.000000Z"));
        if (project != null) {
            token.put("project", Map.of("domain", DOMAIN, "id", idOf(project), "name", project));
            token.put("is_domain", false);
            token.put(
                    "roles",
                    roles.stream()
                            .map(role -> Map.of("id", idOf(role), "name", role))
                            .toList());
        }
        return token;
    }

    private Answer projects(Request request) {
        @Nullable String user = userOfToken.get(request.header("X-Auth-Token"));
        if (user == null) {
            return unauthorized();
        }
        List<Map<String, Object>> projects = new ArrayList<>();
        rolesOfUser
                .get(user)
                .keySet()
                .forEach(name -> projects.add(Map.of(
                        "id",
                        idOf(name),
                        "name",
                        name,
                        "domain_id",
                        "default",
                        "enabled",
                        !name.startsWith("disabled"))));
        return Answer.json(200, Map.of("projects", projects, "links", Map.of()));
    }

    /** Keystone's ids: 32 hexadecimal digits. */
    public static String idOf(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    private static Answer unauthorized() {
        return error(401, "Unauthorized", "The request you have made requires authentication.");
    }

    public static Answer error(int code, String title, String message) {
        return Answer.json(code, Map.of("error", Map.of("code", code, "message", message, "title", title)));
    }

    private static final Map<String, String> DOMAIN = Map.of("id", "default", "name", "Default");

    @Override
    public void close() {
        server.close();
    }
}
