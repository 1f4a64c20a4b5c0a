package io.vmrestore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs that a genuine cloud refuses and that a client might be tempted to send. */
class InputLimitsTest {
    private static final String LONG = "x".repeat(256);
    private static final String SNAPSHOT = Tenant.A.id("snapshot/web-1-daily");

    private static Simulator simulator;
    private static HttpCaller http;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(SimulatorSettings.instant());
        http = HttpCaller.serviceUser(simulator, Tenant.A);
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                server("\"tags\": [\"a,b\"]", "does not match '^[^,/]*$'"),
                server("\"tags\": [\"" + "t".repeat(61) + "\"]", "is too long"),
                server("\"metadata\": {\"a/b\": \"c\"}", "('a/b' was unexpected)"),
                server("\"metadata\": {\"a\": \"" + LONG + "\"}", "is too long"),
                server("\"user_data\": \"" + "A".repeat(65536) + "\"", "is too long"),
                Arguments.of("/compute/v2.1/os-keypairs", """
                    {"keypair": {"name": "ab:cd", "public_key": "ssh-rsa AAAA x"}}\
                    """, "unsafe characters"),
                Arguments.of("volumes", volume("\"metadata\": {\"a/b\": \"c\"}"), "('a/b' was unexpected)"),
                Arguments.of("volumes", volume("\"metadata\": {\"a\": \"" + LONG + "\"}"), "is too long"),
                Arguments.of("volumes", volume("\"metadata\": {\"a\": 5}"), "is not of type 'string'"),
                Arguments.of("volumes", volume("\"description\": \"" + LONG + "\""), "256 characters"),
                Arguments.of(
                        "/network/v2.0/ports",
                        "{\"port\": {\"network_id\": \"" + Tenant.A.frontNetworkId() + "\", \"name\": \"" + LONG
                                + "\"}}",
                        "exceeds maximum length of 255"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedWithTheReason(String path, String body, String reason) throws Exception {
        String target = path.equals("volumes") ? http.volumes() : path;
        boolean compute = target.startsWith("/compute");
        HttpResponse<String> answer = compute
                ? http.send("POST", target, body, "OpenStack-API-Version", "compute 2.79")
                : http.post(target, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(reason);
    }

    private static Arguments server(String field, String reason) {
        String body = """
            {"server": {"name": "s", "flavorRef": "11", "networks": "none", "imageRef": "%s", %s}}\
            """.formatted(SampleCloud.IMAGE_ID, field);
        return Arguments.of("/compute/v2.1/servers", body, reason);
    }

    private static String volume(String field) {
        return "{\"volume\": {\"snapshot_id\": \"" + SNAPSHOT + "\", " + field + "}}";
    }
}
