package io.vmrestore.gateway.http;

import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.gateway.testing.Mappings;
import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class EdgeTest {
    private final WebTestClient admin = SharedGateway.as(newUser(), Role.SUPERADMIN);

    private static ResponseSpec problem(ResponseSpec answer, int status, String kind, String detail) {
        answer.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .valueMatches("X-Openstack-Request-Id", "req-[0-9a-f-]{36}")
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader()
                .valueEquals("X-Frame-Options", "DENY")
                .expectHeader()
                .valueEquals("Referrer-Policy", "no-referrer")
                .expectHeader()
                .exists("Content-Security-Policy")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:" + kind)
                .jsonPath("$.title")
                .exists()
                .jsonPath("$.status")
                .isEqualTo(status)
                .jsonPath("$.detail")
                .isEqualTo(detail)
                .jsonPath("$.instance")
                .exists()
                .jsonPath("$.request_id")
                .exists()
                .jsonPath("$.trace")
                .doesNotExist();
        return answer;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ui-elsewhere",
                "/nothing",
                "/restore",
                "/restore/nothing",
                "/restore/jobs/",
                "/auth",
                "/actuator/health"
            })
    void knowsNoOtherPaths(String path) {
        problem(
                admin.get().uri(path).exchange(),
                404,
                "not-found",
                "There is nothing at " + path + "; /openapi.json lists every path.");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /auth/login, POST", "DELETE, /restore/jobs, 'GET, HEAD'", "PUT, /restore/plan, POST",
        "POST, /restore/config, 'GET, HEAD'", "PATCH, /restore/execute, POST", "POST, /auth/me, 'GET, HEAD'",
        "TRACE, /restore/jobs, 'GET, HEAD'", "PROPFIND, /restore/plan, POST", "get, /restore/plan, POST",
        "DELETE, /restore/operations/status-rebuild, 'GET, HEAD, POST'"
    })
    void namesTheMethodsOfAPath(String method, String path, String allowed) {
        problem(
                        admin.method(HttpMethod.valueOf(method)).uri(path).exchange(),
                        405,
                        "method-not-allowed",
                        path + " takes " + allowed + ", not " + method + ".")
                .expectHeader()
                .valueEquals("Allow", allowed);
    }

    @Test
    void answersProblemsWhateverFormatIsWanted() {
        problem(
                admin.get().uri("/restore/config").accept(MediaType.TEXT_HTML).exchange(),
                406,
                "not-acceptable",
                "This path answers with application/json, application/*+json, application/x-ndjson,"
                        + " text/event-stream; send a header Accept that allows it, or none.");
        problem(
                admin.get().uri("/nothing").accept(MediaType.TEXT_HTML).exchange(),
                404,
                "not-found",
                "There is nothing at /nothing; /openapi.json lists every path.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"req-1", "3c1a6f0e-58b1-4e6f-9d57-2f7b0f0c1a2b", "req-3c1a6f0e-58b1-4e6f-9d57-2f7b0f0c1a2bX"})
    void replacesARequestIdOfAnotherForm(String id) {
        admin.get()
                .uri("/restore/config")
                .header("X-Openstack-Request-Id", id)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .value(
                        "X-Openstack-Request-Id",
                        used -> assertThat(used).isNotEqualTo(id).startsWith("req-"));
    }

    /** What no well-behaved client library sends. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /restore/../restore/jobs HTTP/1.1",
                "GET //restore/jobs HTTP/1.1",
                "GET /restore/jobs;x=1 HTTP/1.1",
                "GET /restore/%2e%2e/jobs HTTP/1.1",
                "GET /restore/jobs%2f1 HTTP/1.1",
                "GET /restore/jobs%00 HTTP/1.1",
                "GET /restore/jobs%zz HTTP/1.1",
                "GET /restore/jobs?limit=%zz HTTP/1.1",
                "GET /restore/jobs?%ff=1 HTTP/1.1",
                "GET /restore/jobs?{a}={b} HTTP/1.1",
                "GET /restore/jobs?created_after=+1000000000-13-99T99:99:99Z HTTP/1.1",
                "GET /restore/jobs/%ff HTTP/1.1",
                "GET http://[::1 HTTP/1.1",
                "GET * HTTP/1.1",
                "BREW /restore/jobs HTTP/1.1",
                "TRACE /restore/jobs HTTP/1.1",
                "OPTIONS /restore/jobs HTTP/1.1",
                "HEAD /restore/jobs HTTP/1.1",
                "GET /restore/jobs HTTP/9.9",
                "nonsense"
            })
    void neverFailsByItselfWhateverIsSent(String requestLine) {
        for (String token : List.of("", "Authorization: Bearer " + token() + "\r\n")) {
            String answer = send(requestLine + "\r\nHost: x\r\nConnection: close\r\n" + token + "\r\n");
            assertThat(answer).doesNotStartWith("HTTP/1.1 5").doesNotContain("Exception", "\tat ");
        }
    }

    private static String token() {
        return RunningGateway.token(newUser(), Reach.everywhere(Role.SUPERADMIN));
    }

    private static String send(String request) {
        try (Socket socket = new Socket("127.0.0.1", SharedGateway.GATEWAY.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void tellsHowTheInstallationIsSetUp() {
        admin.get()
                .uri("/restore/config")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json(
                        "{\"enabled\":true,\"dry_run\":false,\"cleanup_volumes\":true,\"service_user_configured\":false}");
    }

    @Test
    void answersNothingBelowRestoreWhileSwitchedOff() {
        // No broker either: it starts all the same.
        try (RunningGateway off = new RunningGateway(
                "OS_AUTH_URL=http://127.0.0.1:9/v3", "KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:9", "RESTORE_ENABLED=false")) {
            Set<String> paths = Mappings.of(off.context()).stream()
                    .map(endpoint -> endpoint.split(" ")[1].replaceAll("\\{.*?}", "1"))
                    .filter(path -> path.startsWith("/restore"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(paths).contains("/restore/plan", "/restore/jobs/1");
            paths.addAll(List.of("/restore", "/restore/", "/restore/nothing", "/restore/jobs?limit=0"));
            for (WebTestClient client : List.of(off.anonymous(), off.as("anna", Role.SUPERADMIN))) {
                for (String path : paths) {
                    for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
                        problem(
                                client.method(HttpMethod.valueOf(method))
                                        .uri(path)
                                        .exchange(),
                                404,
                                "restore-disabled",
                                "Snapshot restore is switched off; an operator switches it on with"
                                        + " RESTORE_ENABLED=true.");
                    }
                    // What no endpoint could take is turned away before the headers above are added.
                    client.method(HttpMethod.valueOf("BREW"))
                            .uri(path)
                            .exchange()
                            .expectStatus()
                            .isNotFound()
                            .expectBody()
                            .jsonPath("$.type")
                            .isEqualTo("urn:vm-restore:problem:restore-disabled");
                }
            }
            problem(
                    off.anonymous()
                            .get()
                            .uri(URI.create("http://127.0.0.1:" + off.port() + "/restore/jobs"))
                            .header("Authorization", "Bearer nonsense")
                            .exchange(),
                    404,
                    "restore-disabled",
                    "Snapshot restore is switched off; an operator switches it on with RESTORE_ENABLED=true.");
            off.as("anna", Role.VIEWER)
                    .get()
                    .uri("/auth/me")
                    .exchange()
                    .expectStatus()
                    .isOk();
            off.anonymous().get().uri("/openapi.json").exchange().expectStatus().isOk();
        }
    }
}
