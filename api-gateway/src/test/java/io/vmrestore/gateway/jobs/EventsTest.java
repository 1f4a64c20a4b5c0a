package io.vmrestore.gateway.jobs;

import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.STATUS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.gateway.access.Caller;
import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.support.access.Audience;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import io.vmrestore.support.access.TokenIssuer;
import io.vmrestore.support.access.TokenSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;

class EventsTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String FIRST = "id:1\nevent:io.vmrestore.RestoreRequested.v1\ndata:{\"id\":\"a\"}\n\n";
    private static final String SECOND = "id:2\nevent:io.vmrestore.PlanCreated.v1\ndata:{\"id\":\"ä\"}\n\n";

    private final String user = newUser();
    private final String path = "/restore/jobs/" + UUID.randomUUID() + "/events";

    @Test
    void passesEachEventOnAsItComes() throws Exception {
        CountDownLatch received = new CountDownLatch(1);
        STATUS.script(
                user,
                _ -> Answer.stream(body -> {
                    write(body, FIRST);
                    await(received);
                    write(body, SECOND);
                }));
        HttpResponse<InputStream> answer = open("Last-Event-ID", "7");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("X-Accel-Buffering")).hasValue("no");
        try (InputStream stream = answer.body()) {
            assertThat(new String(stream.readNBytes(FIRST.length()), UTF_8)).isEqualTo(FIRST);
            received.countDown();
            assertThat(new String(stream.readAllBytes(), UTF_8)).isEqualTo(SECOND);
        }
        assertThat(STATUS.requests(user)).singleElement().satisfies(asked -> {
            assertThat(asked.uri().toString()).isEqualTo(path.replace("/restore", "/internal"));
            assertThat(asked.header("Last-Event-ID")).isEqualTo("7");
        });
    }

    @Test
    void endsWhereTheStatusServiceBreaksOffAndGoesOnFromThere() throws Exception {
        STATUS.script(
                user,
                asked -> Answer.stream(body -> {
                    if ("1".equals(asked.header("Last-Event-ID"))) {
                        write(body, SECOND);
                        return;
                    }
                    write(body, FIRST + "id:2\nevent:io.vmrestore.Pl");
                    throw new IOException("the status service dies");
                }));
        try (InputStream stream = open().body()) {
            assertThat(new String(stream.readAllBytes(), UTF_8))
                    .startsWith(FIRST)
                    .doesNotContain("data:{\"id\":\"ä\"");
        }
        try (InputStream stream = open("Last-Event-ID", "1").body()) {
            assertThat(new String(stream.readAllBytes(), UTF_8)).isEqualTo(SECOND);
        }
    }

    @Test
    void endsWithTheTokenSaysSoAndLetsTheClientGoOn() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        STATUS.script(
                user,
                asked -> Answer.stream(body -> {
                    write(body, "1".equals(asked.header("Last-Event-ID")) ? SECOND : FIRST);
                    if (asked.header("Last-Event-ID").equals("0")) {
                        await(ended);
                    }
                }));
        String soonOver = new TokenIssuer(new TokenSettings(RunningGateway.SECRET, Duration.ZERO), Clock.systemUTC())
                .issue(Audience.GATEWAY, user, Reach.everywhere(Role.VIEWER), Duration.ofSeconds(2));
        try (InputStream stream = openWith(soonOver).body()) {
            assertThat(new String(stream.readAllBytes(), UTF_8))
                    .startsWith(FIRST)
                    .endsWith("event: end\n"
                            + "data: {\"reason\":\"authentication-expired\",\"detail\":\"Sign in again if your"
                            + " token has expired, and go on with Last-Event-ID.\"}\n\n");
        } finally {
            ended.countDown();
        }
        try (InputStream stream = open("Last-Event-ID", "1").body()) {
            assertThat(new String(stream.readAllBytes(), UTF_8)).isEqualTo(SECOND);
        }
    }

    @Test
    void asksForAnotherProofAfterFiveMinutesWhereKeystoneMayTakeItBack() {
        Instant now = Instant.parse("2026-11-30T12:00:00Z");
        Caller caller = new Caller("olga", Reach.everywhere(Role.VIEWER), null, null, now.plusSeconds(3600));
        assertThat(EventsController.until(caller, true, now)).isEqualTo(now.plusSeconds(300));
        assertThat(EventsController.until(caller, true, now.plusSeconds(3500))).isEqualTo(caller.until());
        assertThat(EventsController.until(caller, false, now)).isEqualTo(caller.until());
    }

    @Test
    void letsGoOfTheStatusServiceWhenTheClientGoes() throws Exception {
        CompletableFuture<IOException> letGo = new CompletableFuture<>();
        STATUS.script(
                user,
                _ -> Answer.stream(body -> {
                    try {
                        while (!Thread.interrupted()) {
                            write(body, ":alive\n\n");
                        }
                    } catch (IOException closed) {
                        letGo.complete(closed);
                        throw closed;
                    }
                }));
        try (InputStream stream = open().body()) {
            assertThat(stream.readNBytes(8)).isEqualTo(":alive\n\n".getBytes(UTF_8));
        }
        assertThat(letGo.get(30, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void saysThatNothingWillFollow() throws Exception {
        STATUS.script(user, _ -> new Answer(204, Map.of(), ""));
        HttpResponse<InputStream> answer = open("Last-Event-ID", "31");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body().readAllBytes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "9999999999999999999", "1 2"})
    void refusesAMalformedLastEventId(String id) {
        client().get()
                .uri(path)
                .header("Last-Event-ID", id)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo(
                        "Header Last-Event-ID must be the id of an event of this stream, a whole number; leave it out"
                                + " to get every event.");
        assertThat(STATUS.requests(user)).isEmpty();
    }

    @Test
    void takesNoParameters() {
        client().get()
                .uri(path + "?lastEventId=3")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].parameter")
                .isEqualTo("lastEventId");
    }

    @Test
    void knowsNoOtherJobs() {
        client().get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:job-not-found");
    }

    @Test
    void needsAToken() {
        SharedGateway.anonymous().get().uri(path).exchange().expectStatus().isUnauthorized();
    }

    @ParameterizedTest
    @CsvSource({"401", "404", "502", "503", "302", "200"})
    void tellsTheStatusServicesFailures(int answered) {
        STATUS.script(user, _ -> new Answer(answered, Map.of("Content-Type", "text/html"), "<html>not ours</html>"));
        client().get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .exists("Retry-After")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:status-store-unavailable");
    }

    private WebTestClient client() {
        return SharedGateway.as(user, Role.VIEWER);
    }

    private HttpResponse<InputStream> open(String... headers) throws IOException, InterruptedException {
        return openWith(RunningGateway.token(user, Reach.everywhere(Role.VIEWER)), headers);
    }

    private HttpResponse<InputStream> openWith(String token, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + SharedGateway.GATEWAY.port() + path))
                .header("Authorization", "Bearer " + token);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static void write(OutputStream body, String text) throws IOException {
        body.write(text.getBytes(UTF_8));
        body.flush();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IOException("the client has not received the first event");
            }
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }
}
