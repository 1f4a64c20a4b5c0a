package io.vmrestore.gateway.listener;

import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vmrestore.common.codec.Json;
import io.vmrestore.gateway.testing.RawClient;
import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** What no controller gets to see is answered as everything else, costs one line at most and is no fault of ours. */
@ExtendWith(OutputCaptureExtension.class)
class UnreadableRequestsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern LINE = Pattern.compile("(?m)^.*\\b(WARN|ERROR|INFO)\\b.*$");

    private final String requestId = "req-" + UUID.randomUUID();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "nonsense | 400 | malformed-request | /",
                "GET /restore/jobs%zz HTTP/1.1 | 400 | malformed-request | /",
                "GET /restore/jobs?limit=%zz HTTP/1.1 | 400 | malformed-request | /",
                "GET /restore/jobs?{a}={b} HTTP/1.1 | 400 | malformed-request | /",
                "PRI * HTTP/2.0 | 400 | malformed-request | /",
                "GET /restore/jobs HTTP/9.9 | 400 | malformed-request | /restore/jobs",
                "GET /restore/$LONG HTTP/1.1 | 414 | uri-too-long | /",
                "GET /restore/jobs HTTP/1.1\\r\\nX-Long: $LONGER | 431 | headers-too-large | /restore/jobs",
                "GET /restore/jobs HTTP/1.1\\r\\nContent-Length: one | 400 | malformed-request | /restore/jobs",
                "GET /restore/jobs HTTP/1.1\\r"
                        + "\\n"
                        + "Content-Length: 1\\r"
                        + "\\n"
                        + "Content-Length: 2 | 400 | malformed-request | /restore/jobs"
            })
    void areProblemsWithARequestId(String head, int status, String kind, String path, CapturedOutput output) {
        String start = head.replace("\\r\\n", "\r\n")
                .replace("$LONGER", "x".repeat(20_000))
                .replace("$LONG", "x".repeat(10_000));
        String answer = RawClient.exchange(
                SharedGateway.GATEWAY.port(),
                start + "\r\nHost: x\r\nX-Openstack-Request-Id: " + requestId + "\r\nConnection: close\r\n\r\n");

        assertProblem(answer, status, kind, path);
        String told = header(answer, "X-Openstack-Request-Id");
        await().atMost(SOON).untilAsserted(() -> assertThat(lines(output, told)).hasSize(1));
        assertThat(lines(output, told).getFirst()).contains("INFO", kind);
    }

    @ParameterizedTest
    @CsvSource({"zz", "5\\r\\nhell", "-1"})
    void soIsAMalformedChunk(String chunk, CapturedOutput output) {
        double faults = serverErrors();
        String answer = RawClient.exchange(
                SharedGateway.GATEWAY.port(),
                "POST /restore/plan HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                        + token() + "\r\nX-Openstack-Request-Id: " + requestId
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.replace("\\r\\n", "\r\n") + "!!\r\n\r\n");

        assertProblem(answer, 400, "malformed-request", "/restore/plan");
        assertThat(header(answer, "X-Openstack-Request-Id")).isEqualTo(requestId);
        assertThat(lines(output, requestId)).hasSize(1);
        assertThat(faults(output)).isEmpty();
        assertThat(serverErrors()).isEqualTo(faults);
    }

    @Test
    void anAbortedBodyIsNoFaultOfOurs(CapturedOutput output) {
        double faults = serverErrors();
        for (int times = 0; times < 5; times++) {
            try (RawClient client = new RawClient(SharedGateway.GATEWAY.port())) {
                client.send("POST /restore/plan HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + "Authorization: Bearer " + token() + "\r\nX-Openstack-Request-Id: " + requestId
                        + "\r\nContent-Length: 1000\r\n\r\n{\"vm_id\":");
            }
        }
        // The next request shows that the gateway has seen the ends of those before.
        assertThat(RawClient.exchange(
                        SharedGateway.GATEWAY.port(), "GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
        assertThat(faults(output)).isEmpty();
        assertThat(lines(output, requestId)).isEmpty();
        assertThat(serverErrors()).isEqualTo(faults);
    }

    @Test
    void areCountedByTheirKind() {
        double before = refusals("malformed-request");
        RawClient.exchange(SharedGateway.GATEWAY.port(), "nonsense\r\n\r\n");
        assertThat(refusals("malformed-request")).isGreaterThan(before);
    }

    @Test
    void theManagementPortAnswersTheSame() {
        int port = Integer.parseInt(
                SharedGateway.GATEWAY.context().getEnvironment().getRequiredProperty("local.management.port"));
        assertProblem(RawClient.exchange(port, "nonsense\r\n\r\n"), 400, "malformed-request", "/");
        assertProblem(RawClient.exchange(port, line(9_000)), 414, "uri-too-long", "/");
        assertThat(RawClient.exchange(port, line(7_000))).startsWith("HTTP/1.1 404");
    }

    @Test
    void whatIsWithinTheSizesIsRead() {
        assertThat(RawClient.exchange(SharedGateway.GATEWAY.port(), line(7_000)))
                .startsWith("HTTP/1.1 404");
        assertThat(RawClient.exchange(
                        SharedGateway.GATEWAY.port(),
                        "GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Long: " + "x".repeat(15_000)
                                + "\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
    }

    private static String line(int length) {
        return "GET /" + "x".repeat(length) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    }

    @Test
    void theAnswerComesAfterThoseOfEarlierRequests() {
        String answers = RawClient.exchange(
                SharedGateway.GATEWAY.port(),
                "GET /restore/config HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token()
                        + "\r\n\r\nnonsense\r\n\r\n");
        assertThat(answers).startsWith("HTTP/1.1 200");
        assertThat(answers.indexOf("HTTP/1.1 400")).isGreaterThan(answers.indexOf("\"enabled\""));
    }

    @Test
    void aTokenThatIsNotValidCostsOneLineWithoutIt(CapturedOutput output) {
        String token = token().replace('.', '_');
        String answer = RawClient.exchange(
                SharedGateway.GATEWAY.port(),
                "GET /restore/jobs?limit=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Openstack-Request-Id: "
                        + requestId + "\r\nAuthorization: Bearer " + token + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 401");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(lines(output, requestId)).hasSize(1));
        assertThat(lines(output, requestId).getFirst()).contains("INFO", "/restore/jobs from 127.0.0.1: 401");
        assertThat(output.getAll()).doesNotContain(token.substring(token.length() - 20));
    }

    private static void assertProblem(String answer, int status, String kind, String path) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .containsIgnoringCase("content-type: application/problem+json")
                .containsIgnoringCase("x-content-type-options: nosniff");
        JsonNode problem = Json.MAPPER.readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertThat(problem.path("type").asString()).isEqualTo("urn:vm-restore:problem:" + kind);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("instance").asString()).isEqualTo(path);
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("detail").asString()).isNotBlank();
        assertThat(problem.path("request_id").asString())
                .startsWith("req-")
                .isEqualTo(header(answer, "X-Openstack-Request-Id"));
    }

    private static String header(String answer, String name) {
        return answer.lines()
                .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 2);
    }

    private static List<String> faults(CapturedOutput output) {
        return lines(output, " ERROR ").stream()
                .filter(line -> Pattern.compile("Http|Problem|Channel|WebEx|Reactor")
                        .matcher(line)
                        .find())
                .toList();
    }

    private static List<String> lines(CapturedOutput output, String containing) {
        return LINE.matcher(output.getAll())
                .results()
                .map(found -> found.group())
                .filter(line -> line.contains(containing))
                .toList();
    }

    private static String token() {
        return RunningGateway.token(newUser(), Reach.everywhere(Role.SUPERADMIN));
    }

    private static double refusals(String reason) {
        return meters().find("restore.http.refusals").tag("reason", reason).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static double serverErrors() {
        return meters().find("http.server.requests").tag("outcome", "SERVER_ERROR").timers().stream()
                .mapToDouble(Timer::count)
                .sum();
    }

    private static MeterRegistry meters() {
        return SharedGateway.GATEWAY.context().getBean(MeterRegistry.class);
    }
}
