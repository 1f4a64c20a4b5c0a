package io.vmrestore.gateway.access;

import io.vmrestore.common.codec.Json;
import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.support.http.CloudRoute;
import io.vmrestore.support.http.HttpClients;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.trace.RequestIdFilter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * The calls of Keystone's API that tell who somebody is. Tokens never leave this package and {@code session}, are never
 * logged, and are left to expire: revoking each would grow Keystone's list of revocations, which it consults on every
 * later call.
 */
@Component
public final class Keystone {
    private static final String TOKEN_HEADER = "X-Subject-Token";
    /** The catalogue of services makes up most of a token document, and a login has no use for it. */
    private static final String TOKENS = "/auth/tokens?nocatalog";

    private static final String TOKENS_PATH = "/v3/auth/tokens";
    private static final String LOGIN = "the login";

    private final WebClient client;
    private final Duration timeout;
    private final String server;

    Keystone(GatewaySettings settings, HttpClients clients, CloudRoute route) {
        this.timeout = settings.login().timeout();
        this.server = URI.create(versioned(settings.login().authUrl())).getAuthority();
        this.client = clients.toCloud(versioned(settings.login().authUrl()), timeout, route)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(4 * 1024 * 1024))
                .build();
    }

    /**
     * An unscoped token. Only here does 401 mean that the password is wrong: for a scoped token Keystone answers a
     * missing role with the same words.
     *
     * @return empty if Keystone does not accept user and password
     */
    public Mono<KeystoneSession> unscopedToken(String userName, String domain, String password) {
        Map<String, Object> user = Map.of("name", userName, "domain", Map.of("name", domain), "password", password);
        Map<String, Object> identity = Map.of("methods", List.of("password"), "password", Map.of("user", user));
        return post(Map.of("auth", Map.of("identity", identity, "scope", "unscoped")))
                .flatMap(answer -> Mono.justOrEmpty(answer.answer().getHeaders().getFirst(TOKEN_HEADER))
                        .switchIfEmpty(Mono.error(() -> answer.odd("sent no token")))
                        .map(token -> new KeystoneSession(token, expiry(answer))));
    }

    /**
     * The projects on which the token's user has a role, disabled ones left out.
     *
     * @return empty if the token is not valid any more
     */
    public Mono<List<Project>> projects(String token) {
        return exchange(
                        "GET /v3/auth/projects",
                        LOGIN,
                        client.get().uri("/auth/projects").header("X-Auth-Token", token))
                .map(answer -> answer.json().path("projects").values().stream()
                        .filter(project -> project.path("enabled").asBoolean(true))
                        .map(Keystone::project)
                        .toList());
    }

    /**
     * The roles of the token's user on a project, implied ones included.
     *
     * @return empty if there is none any more, or the token is not valid any more
     */
    public Mono<HeldRoles> roles(String token, String projectId) {
        Map<String, Object> identity = Map.of("methods", List.of("token"), "token", Map.of("id", token));
        Map<String, Object> scope = Map.of("project", Map.of("id", projectId));
        return post(Map.of("auth", Map.of("identity", identity, "scope", scope)))
                .map(answer -> held(answer.json().path("token")));
    }

    /**
     * A token that Keystone has checked.
     *
     * @param held on the project that it is scoped to; null for a token that is scoped to none
     * @param roles that it gives, on whatever it is scoped to
     */
    record CheckedToken(String userName, @Nullable HeldRoles held, List<String> roles, Instant expiresAt) {}

    /** What a token is good for; empty if it is not valid. It vouches for the question itself, as Keystone allows. */
    Mono<CheckedToken> check(String token) {
        return exchange(
                        "GET " + TOKENS_PATH,
                        "the token in X-Auth-Token",
                        client.get().uri(TOKENS).header("X-Auth-Token", token).header(TOKEN_HEADER, token))
                .map(answer -> {
                    JsonNode document = answer.json().path("token");
                    return new CheckedToken(
                            document.path("user").path("name").asString(""),
                            document.path("project").isObject() ? held(document) : null,
                            roleNames(document),
                            expiry(answer));
                });
    }

    private static HeldRoles held(JsonNode token) {
        JsonNode project = token.path("project");
        return new HeldRoles(
                project(project), project.path("domain").path("name").asString(""), roleNames(token));
    }

    private static Project project(JsonNode project) {
        return new Project(project.path("id").asString(""), project.path("name").asString(""));
    }

    private static List<String> roleNames(JsonNode token) {
        return token.path("roles").values().stream()
                .map(role -> role.path("name").asString(""))
                .toList();
    }

    private static Instant expiry(Answered answer) {
        try {
            return Instant.parse(answer.json().path("token").path("expires_at").asString(""));
        } catch (DateTimeParseException malformed) {
            throw answer.odd("sent a token without a time of expiry");
        }
    }

    private Mono<Answered> post(Map<String, Object> body) {
        return exchange(
                "POST " + TOKENS_PATH,
                LOGIN,
                client.post()
                        .uri(TOKENS)
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(Json.MAPPER.writeValueAsBytes(body)));
    }

    /** An answer with the question that it answers. */
    private record Answered(KeystoneCall call, ResponseEntity<byte[]> answer) {
        JsonNode json() {
            return call.json(answer);
        }

        ProblemException odd(String what) {
            return call.odd(answer, what);
        }
    }

    /** Empty on 401; every other answer that is no success is a problem. */
    private Mono<Answered> exchange(String call, String purpose, WebClient.RequestHeadersSpec<?> request) {
        return Mono.deferContextual(context ->
                exchange(new KeystoneCall(server, timeout, call, purpose, RequestIdFilter.of(context)), request));
    }

    private Mono<Answered> exchange(KeystoneCall call, WebClient.RequestHeadersSpec<?> request) {
        return request.accept(MediaType.APPLICATION_JSON)
                .exchangeToMono(answer -> answer.toEntity(byte[].class))
                .timeout(timeout)
                .onErrorMap(error -> !(error instanceof ProblemException), call::unanswered)
                .flatMap(answer -> {
                    if (answer.getStatusCode().isSameCodeAs(HttpStatus.UNAUTHORIZED)) {
                        return Mono.empty();
                    }
                    return answer.getStatusCode().is2xxSuccessful()
                            ? Mono.just(new Answered(call, answer))
                            : Mono.error(call.refused(answer));
                });
    }

    private static String versioned(String authUrl) {
        String url = authUrl.strip().replaceAll("/+$", "");
        return url.endsWith("/v3") ? url : url + "/v3";
    }
}
