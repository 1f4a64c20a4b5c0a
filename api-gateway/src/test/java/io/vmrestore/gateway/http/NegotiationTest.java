package io.vmrestore.gateway.http;

import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.STATUS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What client and gateway agree on beside the answer itself: compression, version of HTTP, other origins. */
class NegotiationTest {
    private static final String PORTAL = "https://portal.example.com";

    private final String user = newUser();
    private final String jobId = UUID.randomUUID().toString();

    private HttpRequest.Builder request(String path) {
        String token = RunningGateway.token(user, Reach.everywhere(Role.ADMIN));
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SharedGateway.GATEWAY.port() + path))
                .header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<byte[]> send(HttpRequest request, HttpClient.Version version)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    @Test
    void anAnswerIsCompressedForWhoTakesThat() throws Exception {
        Map<String, Object> job = Jobs.with(Jobs.planned(jobId), "note", "x".repeat(5000));
        STATUS.script(user, _ -> Answer.json(200, job));
        HttpResponse<byte[]> plain = send(request("/restore/jobs/" + jobId).build(), HttpClient.Version.HTTP_1_1);
        HttpResponse<byte[]> zipped = send(
                request("/restore/jobs/" + jobId)
                        .header("Accept-Encoding", "gzip")
                        .build(),
                HttpClient.Version.HTTP_1_1);

        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(zipped.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(zipped.body()).hasSizeLessThan(plain.body().length / 2);
        try (InputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
            assertThat(unzipped.readAllBytes()).isEqualTo(plain.body());
        }
    }

    @Test
    void eventsAreNotCompressed() throws Exception {
        STATUS.script(
                user,
                _ -> new Answer(
                        200, Map.of("Content-Type", "text/event-stream"), "id:1\ndata:" + "x".repeat(5000) + "\n\n"));
        HttpResponse<byte[]> events = send(
                request("/restore/jobs/" + jobId + "/events")
                        .header("Accept-Encoding", "gzip")
                        .build(),
                HttpClient.Version.HTTP_1_1);
        assertThat(events.statusCode()).isEqualTo(200);
        assertThat(events.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(new String(events.body(), UTF_8)).startsWith("id:1");
    }

    @Test
    void speaksHttp2WithoutTls() throws Exception {
        STATUS.script(user, _ -> Answer.json(200, Jobs.planned(jobId)));
        HttpResponse<byte[]> read = send(request("/restore/jobs/" + jobId).build(), HttpClient.Version.HTTP_2);
        assertThat(read.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(read.statusCode()).isEqualTo(200);

        // The largest body that is read comes along with the request to upgrade.
        String body = "{\"plan_id\":\"" + jobId + "\"" + " ".repeat(60_000) + "}";
        HttpResponse<byte[]> sent = send(
                request("/restore/execute")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpClient.Version.HTTP_2);
        assertThat(sent.statusCode()).isEqualTo(202);
        assertThat(sent.version()).isEqualTo(HttpClient.Version.HTTP_2);
    }

    @Test
    void noOtherOriginIsLetInByDefault() {
        preflight(SharedGateway.anonymous(), PORTAL)
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .doesNotExist("Access-Control-Allow-Origin");
    }

    @Test
    void originsThatAreSetAreLetInAndNoOthers() {
        try (RunningGateway open = new RunningGateway(
                "OS_AUTH_URL=http://127.0.0.1:9/v3",
                "KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:9",
                "RESTORE_CORS_ORIGINS=" + PORTAL + ", http://localhost:3000")) {
            WebTestClient client = open.anonymous();
            for (String origin : List.of(PORTAL, "http://localhost:3000")) {
                preflight(client, origin)
                        .expectStatus()
                        .isOk()
                        .expectHeader()
                        .valueEquals("Access-Control-Allow-Origin", origin)
                        .expectHeader()
                        .valueEquals("Access-Control-Allow-Headers", "authorization, idempotency-key")
                        .expectHeader()
                        .doesNotExist("Access-Control-Allow-Credentials");
                // A page can read also why it was turned away.
                client.get()
                        .uri("/restore/jobs")
                        .header("Origin", origin)
                        .exchange()
                        .expectStatus()
                        .isUnauthorized()
                        .expectHeader()
                        .valueEquals("Access-Control-Allow-Origin", origin)
                        .expectHeader()
                        .value(
                                "Access-Control-Expose-Headers",
                                exposed -> assertThat(exposed)
                                        .contains("X-Openstack-Request-Id", "Location", "Retry-After", "ETag"));
            }
            for (String origin : List.of("https://portal.example.com.evil.org", "null", PORTAL + ":8443")) {
                preflight(client, origin)
                        .expectStatus()
                        .isUnauthorized()
                        .expectHeader()
                        .doesNotExist("Access-Control-Allow-Origin");
                client.get()
                        .uri("/openapi.json")
                        .header("Origin", origin)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectHeader()
                        .doesNotExist("Access-Control-Allow-Origin");
            }
        }
    }

    private static WebTestClient.ResponseSpec preflight(WebTestClient client, String origin) {
        return client.options()
                .uri("/restore/jobs")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization, idempotency-key")
                .exchange();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "portal.example.com",
                "https://portal.example.com/",
                "https://Portal.example.com",
                "null",
                "ftp://a",
                "https://a:0",
                "https://a b",
                "https://user@a"
            })
    void whatIsNoOriginStopsTheStart(String origin) {
        assertThatThrownBy(() -> new CorsSettings(List.of("https://fine.example.com", origin)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("RESTORE_CORS_ORIGINS has '" + origin + "' where an origin is expected");
    }
}
