package io.vmrestore.gateway.http;

import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.support.access.Role;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class BadBodyTest {
    private static final String PLAN_FIELDS =
            "is not a field of this request; its fields are project_id, vm_id, restore_point_id, mode, new_vm_name,"
                    + " ip_strategy";
    private static final String UUID_FORM = "must be a UUID such as 0f1c9d2e-7a4b-4c1e-9f6e-2d3b4a5c6d7e";

    private static final String CANCEL = "/restore/cancel/0f1c9d2e-7a4b-4c1e-9f6e-2d3b4a5c6d7e";

    private final String user = newUser();
    private final WebTestClient client = SharedGateway.as(user, Role.SUPERADMIN);

    private ResponseSpec post(String path, byte[] body) {
        return client.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String plan(String more) {
        return "{\"project_id\":\"" + Jobs.PROJECT_ID + "\",\"vm_id\":\"" + Jobs.VM_ID + "\",\"restore_point_id\":\""
                + Jobs.SNAPSHOT_ID + "\"" + more + "}";
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("", "The body is empty; send a JSON object.", null, null),
                Arguments.of("  \n ", "The body is empty; send a JSON object.", null, null),
                Arguments.of("{\"vm_id\":", "The body is not valid JSON at line 1, column 10.", 1, 10),
                Arguments.of("{\n  \"vm_id\": nope\n}", "The body is not valid JSON at line 2, column 12.", 2, 12),
                Arguments.of("{'vm_id':1}", "The body is not valid JSON at line 1, column 2.", 1, 2),
                Arguments.of("{\"vm_id\":1,}", "The body is not valid JSON at line 1, column 12.", 1, 12),
                Arguments.of("{\"vm_id\":01}", "The body is not valid JSON at line 1, column 11.", 1, 11),
                Arguments.of("{\"vm_id\":NaN}", "The body is not valid JSON at line 1, column 13.", 1, 13),
                Arguments.of("{} {}", "The body goes on after its end at line 1, column 4.", 1, 4),
                Arguments.of("{\"vm_id\":1,\"vm_id\":2}", "The body names a field twice at line 1, column 19.", 1, 19),
                Arguments.of(
                        "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}",
                        "The body is nested deeper than 16 levels or holds an oversized value at line 1, column 22.",
                        1,
                        22));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void namesThePlaceInMalformedJson(String body, String detail, @Nullable Integer line, @Nullable Integer column) {
        for (String path : new String[] {"/restore/plan", "/restore/execute", "/auth/login"}) {
            var answer = post(path, bytes(body))
                    .expectStatus()
                    .isBadRequest()
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("urn:vm-restore:problem:malformed-json")
                    .jsonPath("$.detail")
                    .isEqualTo(detail);
            if (line != null && column != null) {
                answer.jsonPath("$.line").isEqualTo(line).jsonPath("$.column").isEqualTo(column);
            }
        }
        assertThat(STATUS.requests(user)).isEmpty();
    }

    @Test
    void refusesBytesThatAreNoText() {
        byte[] body = {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'};
        post("/restore/plan", body)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:malformed-json");
    }

    static Stream<Arguments> wrongPlans() {
        return Stream.of(
                Arguments.of("[]", "", "must be a JSON object, not an array"),
                Arguments.of("null", "", "must be a JSON object, not null"),
                Arguments.of("\"plan\"", "", "must be a JSON object, not a string"),
                Arguments.of("7", "", "must be a JSON object, not a number"),
                Arguments.of(plan(",\"mod\":\"NEW\""), "/mod", PLAN_FIELDS),
                Arguments.of(plan(",\"a/b~c\":1"), "/a~1b~0c", PLAN_FIELDS),
                Arguments.of(plan("").replace(Jobs.VM_ID, "42"), "/vm_id", UUID_FORM),
                Arguments.of(plan("").replace(Jobs.VM_ID, "1-1-1-1-1"), "/vm_id", UUID_FORM),
                Arguments.of(
                        plan("").replace(Jobs.SNAPSHOT_ID, Jobs.SNAPSHOT_ID + "0"), "/restore_point_id", UUID_FORM),
                Arguments.of(
                        plan("").replace(Jobs.PROJECT_ID, "tenant-a"),
                        "/project_id",
                        "must be a project id: 32 hexadecimal digits or a UUID"),
                Arguments.of(
                        plan("").replace("\"" + Jobs.VM_ID + "\"", "42"), "/vm_id", "must be a string, not a number"),
                Arguments.of(plan("").replace("\"" + Jobs.VM_ID + "\"", "null"), "/vm_id", "is required"),
                Arguments.of(
                        plan("").replace("\"" + Jobs.VM_ID + "\"", "[]"), "/vm_id", "must be a string, not an array"),
                Arguments.of(
                        plan("").replace("\"" + Jobs.VM_ID + "\"", "{}"), "/vm_id", "must be a string, not an object"),
                Arguments.of(plan(",\"mode\":\"new\""), "/mode", "must be one of NEW, REPLACE"),
                Arguments.of(plan(",\"mode\":true"), "/mode", "must be a string, not a boolean"),
                Arguments.of(
                        plan(",\"ip_strategy\":\"\""),
                        "/ip_strategy",
                        "must be one of "
                                + Arrays.stream(IpStrategy.values())
                                        .map(IpStrategy::name)
                                        .collect(Collectors.joining(", "))),
                Arguments.of(plan(",\"new_vm_name\":\"\""), "/new_vm_name", "must have 1 to 255 characters, not 0"),
                Arguments.of(
                        plan(",\"new_vm_name\":\"" + "x".repeat(256) + "\""),
                        "/new_vm_name",
                        "must have 1 to 255 characters, not 256"),
                Arguments.of(
                        plan(",\"new_vm_name\":\"a\\u0000b\""), "/new_vm_name", "must not contain control characters"),
                Arguments.of(
                        plan(",\"new_vm_name\":\"a\\u009fb\""), "/new_vm_name", "must not contain control characters"),
                Arguments.of(plan(",\"new_vm_name\":\"a\\ud800b\""), "/new_vm_name", "must be valid Unicode"),
                Arguments.of(
                        plan(",\"new_vm_name\":\" web\""), "/new_vm_name", "must not begin or end with white space"));
    }

    @ParameterizedTest
    @MethodSource("wrongPlans")
    void namesTheWrongFieldOfAPlan(String body, String pointer, String detail) {
        post("/restore/plan", bytes(body))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:invalid-request")
                .jsonPath("$.errors.length()")
                .isEqualTo(1)
                .jsonPath("$.errors[0].pointer")
                .isEqualTo(pointer)
                .jsonPath("$.errors[0].detail")
                .isEqualTo(detail)
                .jsonPath("$.detail")
                .isEqualTo((pointer.isEmpty() ? "The body" : pointer) + " " + detail + ".");
        assertThat(STATUS.requests(user)).isEmpty();
    }

    @Test
    void namesEveryWrongFieldAtOnce() {
        post("/restore/plan", bytes("{\"vm_id\":1,\"restore_point_id\":\"x\",\"extra\":null}"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("/project_id is required; /vm_id must be a string, not a number; /restore_point_id "
                        + UUID_FORM + "; /extra " + PLAN_FIELDS + ".");
    }

    @Test
    void namesTheWrongFieldsOfTheOtherBodies() {
        post("/restore/execute", bytes("{\"plan_id\":\"x\",\"confirm_destructive\":true,\"force\":true}"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("/plan_id " + UUID_FORM + "; /confirm_destructive must be a string, not a boolean; /force"
                        + " is not a field of this request; its fields are plan_id, confirm_destructive.");
        post("/auth/login", bytes("{\"username\":\"a\\nb\",\"password\":\"\",\"user\":\"x\"}"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("/username must not contain control characters; /password must have 1 to 4096 characters;"
                        + " /user is not a field of this request; its fields are username, password, domain, project.");
    }

    @Test
    void takesTheLongestNameThatNovaTakes() {
        // 255 characters outside the basic plane, two Java chars each; refused later because the stand-in knows no job.
        post("/restore/plan", bytes(plan(",\"new_vm_name\":\"" + "😀".repeat(255) + "\"")))
                .expectStatus()
                .isAccepted();
    }

    @Test
    void refusesWhatNoPlanCanBe() {
        post("/restore/plan", bytes(plan(",\"mode\":\"REPLACE\",\"new_vm_name\":\"web-2\"")))
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:impossible-request")
                .jsonPath("$.detail")
                .isEqualTo("/new_vm_name is for mode NEW only: in REPLACE the VM keeps its name.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/restore/plan", "/restore/execute", CANCEL, "/auth/login"})
    void refusesAnOversizedBody(String path) {
        for (int size : new int[] {64 * 1024, 10 * 1024 * 1024}) {
            oversized(path, size);
        }
    }

    private void oversized(String path, int size) {
        post(path, bytes("{\"new_vm_name\":\"" + "x".repeat(size) + "\"}"))
                .expectStatus()
                .isEqualTo(413)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:content-too-large")
                .jsonPath("$.detail")
                .isEqualTo("The body is larger than 64 KiB, and no request needs that much.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data"})
    void wantsJson(String type) {
        for (String path : new String[] {"/restore/plan", "/restore/execute", CANCEL, "/auth/login"}) {
            client.post()
                    .uri(path)
                    .header("Content-Type", type)
                    .bodyValue(bytes("{}"))
                    .exchange()
                    .expectStatus()
                    .isEqualTo(415)
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("urn:vm-restore:problem:unsupported-media-type")
                    .jsonPath("$.detail")
                    .isEqualTo("Send the body as JSON with the header Content-Type: application/json.");
        }
    }
}
