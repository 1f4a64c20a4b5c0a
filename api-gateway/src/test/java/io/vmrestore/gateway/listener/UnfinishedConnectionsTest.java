package io.vmrestore.gateway.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.gateway.testing.RawClient;
import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.StandInServer;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Each kind of connection that does not get on ends within its time, while others are served. */
class UnfinishedConnectionsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final AtomicInteger HEARTBEATS = new AtomicInteger();
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private static final StandInServer STATUS = new StandInServer(_ -> Answer.stream(body -> {
        while (HEARTBEATS.incrementAndGet() < 40) {
            body.write(":\n\n".getBytes(StandardCharsets.UTF_8));
            body.flush();
            pause();
        }
    }));

    private static final RunningGateway GATEWAY = new RunningGateway(
            "OS_AUTH_URL=http://127.0.0.1:9/v3",
            "KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:9",
            "RESTORE_STATUS_URL=" + STATUS.url(),
            "RESTORE_HTTP_HEADER_TIMEOUT=700ms",
            "RESTORE_HTTP_BODY_TIMEOUT=900ms",
            "RESTORE_HTTP_IDLE_TIMEOUT=800ms",
            "RESTORE_HTTP_WRITE_TIMEOUT=1s");

    @AfterAll
    static void stop() {
        GATEWAY.close();
        STATUS.close();
    }

    /** What a client begins, and what it then sends again and again. */
    private enum Kind {
        NOTHING_SENT("", "", ""),
        HALF_REQUEST_LINE("GET /nothi", "", "408"),
        HEADERS_WITHOUT_END("GET /nothing HTTP/1.1\r\nHost: x\r\n", "", "408"),
        DRIPPING_REQUEST_LINE("GET /", "x", "408"),
        DRIPPING_HEADERS("GET /nothing HTTP/1.1\r\nHost: x\r\n", "X-A: b\r\n", "408"),
        DECLARED_BODY_NEVER_SENT(post("Content-Length: 1000"), "", "408"),
        DRIPPING_BODY(post("Content-Length: 60000"), "{", "408"),
        DRIPPING_CHUNKS(post("Transfer-Encoding: chunked"), "1\r\n{\r\n", "408"),
        /** The path takes no body, so it is answered before the body is there. */
        BODY_THAT_NOBODY_READS("GET /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n", "x", "404"),
        ANSWERED_AND_SILENT("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n", "", "404"),
        ANSWERED_AND_DRIPPING("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n", "G", "404"),
        TLS_HELLO("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003" + "\u0007".repeat(200), "", ""),
        HTTP2_PREFACE_ALONE(
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000", "", ""),
        /** Pings keep nothing open. */
        HTTP2_PINGS(
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000",
                "\u0000\u0000\u0008\u0006\u0000\u0000\u0000\u0000\u000012345678",
                ""),
        HTTP2_PREFACE("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0012\u0004garbage", "garbage", "");

        private final String begin;
        private final String again;
        private final String answer;

        Kind(String begin, String again, String answer) {
            this.begin = begin;
            this.again = again;
            this.answer = answer;
        }

        private static String post(String length) {
            return "POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + length + "\r\n\r\n";
        }
    }

    @ParameterizedTest
    @EnumSource
    void end(Kind kind) {
        try (RawClient client = new RawClient(GATEWAY.port())) {
            client.send(kind.begin);
            if (!kind.again.isEmpty()) {
                await().pollInterval(Duration.ofMillis(100)).atMost(SOON).until(() -> {
                    served();
                    return !client.send(kind.again);
                });
            }
            String answer = client.readToEnd(SOON);
            if (kind.again.isEmpty()) {
                assertThat(answer).startsWith(kind.answer.isEmpty() ? "" : "HTTP/1.1 " + kind.answer);
            }
        }
        served();
        nothingIsLeft();
    }

    @Test
    void endWhenTheClientTakesNoAnswer() {
        double before = stalled();
        try (RawClient client = new RawClient(GATEWAY.port(), "127.0.0.1", 4096)) {
            for (int requests = 0; requests < 30; requests++) {
                client.send("GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            await().atMost(SOON).until(() -> {
                served();
                return stalled() > before;
            });
            nothingIsLeft();
        }
    }

    @Test
    void endWhenTheClientSendsNothingMore() {
        try (RawClient client = new RawClient(GATEWAY.port())) {
            client.send("POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
            client.endSending();
            assertThat(client.readToEnd(SOON)).doesNotContain("HTTP/1.1 5");
        }
        nothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void streamsLastInEveryVersionOfHttp(HttpClient.Version version) throws Exception {
        HEARTBEATS.set(0);
        try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
            String token = RunningGateway.token("anna", Reach.everywhere(Role.VIEWER));
            URI events =
                    URI.create("http://127.0.0.1:" + GATEWAY.port() + "/restore/jobs/" + UUID.randomUUID() + "/events");
            HttpResponse<String> stream = client.send(
                    HttpRequest.newBuilder(events)
                            .header("Authorization", "Bearer " + token)
                            .timeout(SOON)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(stream.version()).isEqualTo(version);
            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(stream.body().split(":\\n\\n", -1)).hasSize(40);
        }
        nothingIsLeft();
    }

    private static void served() {
        WebTestClient other = GATEWAY.anonymous();
        other.get()
                .uri("/openapi.json")
                .header("Connection", "close")
                .exchange()
                .expectStatus()
                .isOk();
    }

    private static void nothingIsLeft() {
        await().atMost(SOON)
                .until(() -> meters().get("restore.http.connections")
                                .tag("listener", "service")
                                .gauge()
                                .value()
                        == 0);
    }

    private static double stalled() {
        return meters().find("restore.http.refusals").tag("reason", "write-timeout").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private static MeterRegistry meters() {
        return GATEWAY.context().getBean(MeterRegistry.class);
    }

    private static void pause() throws IOException {
        try {
            NEVER.await(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }
}
