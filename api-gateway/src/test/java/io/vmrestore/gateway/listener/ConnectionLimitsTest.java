package io.vmrestore.gateway.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.gateway.testing.RawClient;
import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes beyond a limit is refused, and what is within is served. */
class ConnectionLimitsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String ASK = "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n";

    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void disconnect() {
        clients.forEach(RawClient::close);
    }

    @Test
    void connectionsBeyondTheNumberInAllAreClosedAtOnce() {
        try (RunningGateway gateway =
                gateway("RESTORE_HTTP_MAX_CONNECTIONS=60", "RESTORE_HTTP_MAX_CONNECTIONS_PER_ADDRESS=60")) {
            RawClient first = connect(gateway, "127.0.0.1");
            assertServed(first);
            for (int others = 1; others < 60; others++) {
                connect(gateway, "127.0.0.1");
            }
            await().atMost(SOON).until(() -> open(gateway) == 60);
            for (int beyond = 0; beyond < 10; beyond++) {
                assertThat(connect(gateway, "127.0.0.1").readToEnd(SOON)).isEmpty();
            }
            assertThat(refused(gateway, "connections")).isEqualTo(10);
            assertServed(first);

            clients.remove(59).close();
            await().atMost(SOON).until(() -> open(gateway) == 59);
            assertServed(connect(gateway, "127.0.0.1"));
        }
    }

    @Test
    void oneAddressLeavesRoomForOthers() {
        try (RunningGateway gateway =
                gateway("RESTORE_HTTP_MAX_CONNECTIONS=100", "RESTORE_HTTP_MAX_CONNECTIONS_PER_ADDRESS=20")) {
            for (int number = 0; number < 20; number++) {
                connect(gateway, "127.0.0.2");
            }
            await().atMost(SOON).until(() -> open(gateway) == 20);
            assertThat(connect(gateway, "127.0.0.2").readToEnd(SOON)).isEmpty();
            assertServed(connect(gateway, "127.0.0.3"));
            assertThat(refused(gateway, "connections-per-address")).isEqualTo(1);
        }
    }

    @Test
    void manyAddressesThatTakeAllTheyCanLeaveRoomForTheNext() {
        try (RunningGateway gateway =
                gateway("RESTORE_HTTP_MAX_CONNECTIONS=100", "RESTORE_HTTP_MAX_CONNECTIONS_PER_ADDRESS=50")) {
            for (int address = 2; address < 10; address++) {
                for (int number = 0; number < 50; number++) {
                    connect(gateway, "127.0.0." + address);
                }
            }
            await().atMost(SOON).until(() -> open(gateway) + refused(gateway, "connections-per-address") == 400);
            assertServed(connect(gateway, "127.0.0.10"));
            assertThat(open(gateway)).isLessThan(100);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Authorization: Bearer nonsense\r\n", "X-Auth-Token: nonsense with blanks\r\n"})
    void requestsWithoutAValidTokenAreLimitedByAddress(String token) {
        String path = token.isEmpty() ? "/nothing" : "/restore/jobs";
        String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + token + "\r\n";
        String known = "GET /restore/config HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ";
        try (RunningGateway gateway = gateway("RESTORE_HTTP_ANONYMOUS_REQUESTS_PER_SECOND=1")) {
            String valid = known + RunningGateway.token("anna", Reach.everywhere(Role.VIEWER)) + "\r\n\r\n";
            assertThat(RawClient.exchange(gateway.port(), valid)).startsWith("HTTP/1.1 200");

            List<String> answers = new ArrayList<>();
            await().pollInterval(Duration.ofMillis(1)).atMost(SOON).until(() -> {
                answers.add(RawClient.exchange(gateway.port(), request));
                return answers.getLast().startsWith("HTTP/1.1 429");
            });
            assertThat(answers).hasSizeGreaterThan(5);
            assertThat(answers.getLast())
                    .containsIgnoringCase("\r\nretry-after: 1\r\n")
                    .contains("urn:vm-restore:problem:too-many-requests", "\"request_id\"");
            assertThat(RawClient.exchange(gateway.port(), valid))
                    .as("a token that was accepted before, at the same address")
                    .startsWith("HTTP/1.1 200");
            RawClient elsewhere = connect(gateway, "127.0.0.2");
            elsewhere.send(request);
            assertThat(elsewhere.readToEnd(SOON)).doesNotStartWith("HTTP/1.1 429");
        }
    }

    @Test
    void requestsOfHttp2CountAsWell() throws Exception {
        try (RunningGateway gateway = gateway("RESTORE_HTTP_ANONYMOUS_REQUESTS_PER_SECOND=1");
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_2)
                        .build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/nothing"))
                    .build();
            await().pollInterval(Duration.ofMillis(1)).atMost(SOON).until(() -> {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                return answer.statusCode() == 429
                        && answer.headers().firstValue("Retry-After").isPresent()
                        && answer.body().contains("too-many-requests");
            });
        }
    }

    private static RunningGateway gateway(String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("RESTORE_HTTP_HEADER_TIMEOUT=5m");
        all.add("OS_AUTH_URL=http://127.0.0.1:9/v3");
        all.add("KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:9");
        return new RunningGateway(all.toArray(String[]::new));
    }

    private RawClient connect(RunningGateway gateway, String from) {
        RawClient client = new RawClient(gateway.port(), from, 0);
        clients.add(client);
        return client;
    }

    private static void assertServed(RawClient client) {
        client.send(ASK);
        assertThat(client.readUntil("}")).startsWith("HTTP/1.1 404");
    }

    private static double open(RunningGateway gateway) {
        return meters(gateway)
                .get("restore.http.connections")
                .tag("listener", "service")
                .gauge()
                .value();
    }

    private static double refused(RunningGateway gateway, String limit) {
        return meters(gateway).find("restore.http.refusals").tag("reason", limit).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private static MeterRegistry meters(RunningGateway gateway) {
        return gateway.context().getBean(MeterRegistry.class);
    }
}
