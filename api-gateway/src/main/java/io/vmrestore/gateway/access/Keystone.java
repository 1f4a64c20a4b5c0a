package io.vmrestore.gateway.access;

import io.netty.channel.ConnectTimeoutException;
import io.vmrestore.common.codec.Json;
import io.vmrestore.common.connection.TlsFault;
import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.support.http.CloudRoute;
import io.vmrestore.support.http.HttpClients;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
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

    /** A project that a user has any role on. */
    public record Project(String id, String name) {}

    /**
     * An unscoped token. Only here does 401 mean that the password is wrong: for a scoped token Keystone answers a
     * missing role with the same words.
     *
     * @return empty if Keystone does not accept user and password
     */
    public Mono<String> unscopedToken(String userName, String domain, String password) {
        Map<String, Object> user = Map.of("name", userName, "domain", Map.of("name", domain), "password", password);
        Map<String, Object> identity = Map.of("methods", List.of("password"), "password", Map.of("user", user));
        return post(Map.of("auth", Map.of("identity", identity, "scope", "unscoped")))
                .flatMap(answer -> Mono.justOrEmpty(answer.getHeaders().getFirst(TOKEN_HEADER))
                        .switchIfEmpty(
                                Mono.error(() -> unavailable("sent no token").asException())));
    }

    /** The projects on which the token's user has a role, disabled ones left out. */
    public Flux<Project> projects(String token) {
        return exchange(client.get().uri("/auth/projects").header("X-Auth-Token", token))
                .flatMapIterable(answer -> json(answer).path("projects").values())
                .filter(project -> project.path("enabled").asBoolean(true))
                .map(project -> new Project(
                        project.path("id").asString(""), project.path("name").asString("")));
    }

    /** The names of the token's user's roles on a project, implied ones included; empty if there is none any more. */
    public Mono<List<String>> roles(String token, Project project) {
        Map<String, Object> identity = Map.of("methods", List.of("token"), "token", Map.of("id", token));
        Map<String, Object> scope = Map.of("project", Map.of("id", project.id()));
        return post(Map.of("auth", Map.of("identity", identity, "scope", scope)))
                .map(answer -> roleNames(json(answer).path("token")));
    }

    /**
     * A token that Keystone has checked.
     *
     * @param projectName null for a token that is not scoped to a project
     */
    record CheckedToken(String userName, @Nullable String projectName, List<String> roles, Instant expiresAt) {}

    /** What a token is good for; empty if it is not valid. It vouches for the question itself, as Keystone allows. */
    Mono<CheckedToken> check(String token) {
        return exchange(client.get().uri(TOKENS).header("X-Auth-Token", token).header(TOKEN_HEADER, token))
                .map(answer -> {
                    JsonNode document = json(answer).path("token");
                    return new CheckedToken(
                            document.path("user").path("name").asString(""),
                            document.path("project").path("name").stringValue(null),
                            roleNames(document),
                            time(document.path("expires_at").asString("")));
                });
    }

    private static List<String> roleNames(JsonNode token) {
        return token.path("roles").values().stream()
                .map(role -> role.path("name").asString(""))
                .toList();
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException malformed) {
            throw unavailable("sent a token without a time of expiry").asException();
        }
    }

    private Mono<ResponseEntity<byte[]>> post(Map<String, Object> body) {
        return exchange(client.post()
                .uri(TOKENS)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Json.MAPPER.writeValueAsBytes(body)));
    }

    /** Empty on 401; every other answer that is no success is a problem. */
    private Mono<ResponseEntity<byte[]>> exchange(WebClient.RequestHeadersSpec<?> request) {
        return request.accept(MediaType.APPLICATION_JSON)
                .exchangeToMono(answer -> answer.toEntity(byte[].class))
                .timeout(timeout)
                .onErrorMap(error -> !(error instanceof ProblemException), this::unreachable)
                .flatMap(answer -> {
                    if (answer.getStatusCode().isSameCodeAs(HttpStatus.UNAUTHORIZED)) {
                        return Mono.empty();
                    }
                    return answer.getStatusCode().is2xxSuccessful() ? Mono.just(answer) : Mono.error(refused(answer));
                });
    }

    private static JsonNode json(ResponseEntity<byte[]> answer) {
        byte[] body = answer.getBody();
        try {
            return Json.MAPPER.readTree(body == null ? new byte[0] : body);
        } catch (JacksonException notJson) {
            throw unavailable("sent an answer that is not JSON").asException();
        }
    }

    private static ProblemException refused(ResponseEntity<byte[]> answer) {
        int status = answer.getStatusCode().value();
        String location = answer.getHeaders().getFirst(HttpHeaders.LOCATION);
        Problem problem = answer.getStatusCode().is3xxRedirection()
                ? wrongUrl("redirects to " + (location == null ? "a place that it does not name" : shown(location)))
                : unavailable("answered with HTTP status " + status);
        return problem.with("service_status", status).asException();
    }

    /** One line of it, without what may be a secret. */
    private static String shown(String url) {
        String plain =
                url.replaceAll("(?<=//)[^/@\\s]*@", "").replaceAll("\\?.*", "").replaceAll("[\\p{Cntrl}\\s]+", " ");
        return plain.length() <= 200 ? plain : plain.substring(0, 200) + "...";
    }

    private ProblemException unreachable(Throwable error) {
        Optional<TlsFault> tls = TlsFault.of(error, server);
        if (tls.isPresent()) {
            return Problem.of(
                            ProblemKind.IDENTITY_UNAVAILABLE,
                            "The identity service (Keystone) cannot be asked: "
                                    + tls.get().message() + ". The login could not be checked.")
                    .with("service", "identity")
                    .asException();
        }
        boolean late = error instanceof TimeoutException
                || (error instanceof WebClientRequestException failed
                        && failed.getCause() instanceof ConnectTimeoutException);
        return (late
                        ? Problem.of(
                                        ProblemKind.IDENTITY_TIMEOUT,
                                        "The identity service (Keystone) did not answer in time; try again later.")
                                .with("service", "identity")
                        : unavailable("cannot be reached at " + server + " (" + reason(error) + ")"))
                .asException();
    }

    private static String reason(Throwable error) {
        Throwable deepest = error;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return switch (deepest) {
            case UnknownHostException _ -> "the host name is not known here";
            case ConnectException _ -> "it refuses connections";
            case UnresolvedAddressException _ -> "the host name is not known here";
            default -> "the connection broke";
        };
    }

    private static Problem wrongUrl(String what) {
        return Problem.of(
                        ProblemKind.IDENTITY_UNAVAILABLE,
                        "The identity service (Keystone) " + what
                                + ". Correct OS_AUTH_URL; the login could not be checked.")
                .with("service", "identity");
    }

    private static Problem unavailable(String what) {
        return Problem.of(
                        ProblemKind.IDENTITY_UNAVAILABLE,
                        "The identity service (Keystone) " + what
                                + "; the login could not be checked. Try again later.")
                .with("service", "identity");
    }

    private static String versioned(String authUrl) {
        String url = authUrl.strip().replaceAll("/+$", "");
        return url.endsWith("/v3") ? url : url + "/v3";
    }
}
