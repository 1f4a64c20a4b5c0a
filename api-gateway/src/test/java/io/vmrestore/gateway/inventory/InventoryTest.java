package io.vmrestore.gateway.inventory;

import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.PLANNER;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.gateway.testing.StandInServer.Request;
import io.vmrestore.support.access.Role;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

class InventoryTest {
    private static final String VMS = "/restore/projects/" + Jobs.PROJECT_ID + "/vms";
    private static final String RESTORE_POINTS =
            "/restore/vm/" + Jobs.VM_ID + "/restore-points?project_id=" + Jobs.PROJECT_ID;

    private final String user = newUser();
    private final WebTestClient client = SharedGateway.as(user, Role.VIEWER);

    private WebTestClient.ResponseSpec get(String uri) {
        return client.get()
                .uri(URI.create("http://127.0.0.1:" + SharedGateway.GATEWAY.port() + uri))
                .exchange();
    }

    @ParameterizedTest
    @CsvSource({
        "/restore/projects, /internal/projects",
        VMS + ", /internal/projects/" + Jobs.PROJECT_ID + "/vms",
        "/restore/snapshots?tenant_name=tenant-a, /internal/snapshots?tenant_name=tenant-a",
        "/restore/snapshots?tenant_name=a%20%26%2B%25%2F%3F%C3%A9,"
                + " /internal/snapshots?tenant_name=a%20%26%2B%25%2F%3F%C3%A9",
        RESTORE_POINTS + ", /internal/vms/" + Jobs.VM_ID + "/restore-points?project_id=" + Jobs.PROJECT_ID,
        "/restore/vms/0F1C9D2E-7A4B-4C1E-9F6E-2D3B4A5C6D7E/restore-points?project_id=A47CF8B4A2C846D8B1410DBDC41CEC4D,"
                + " /internal/vms/" + Jobs.VM_ID + "/restore-points?project_id=" + Jobs.PROJECT_ID
    })
    void passesThePlannersAnswerOnUnchanged(String asked, String passedOn) {
        Map<String, Object> answer = Map.of("things", List.of(1, "two", Map.of()), "reason", "none");
        PLANNER.script(user, _ -> Answer.json(200, answer));
        get(asked).expectStatus().isOk().expectBody().json(Json.MAPPER.writeValueAsString(answer));
        assertThat(PLANNER.requests(user))
                .singleElement()
                .satisfies(request -> assertThat(request.uri().toString()).isEqualTo(passedOn));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/restore/projects?limit=5 | limit | is not known here; this path takes no query parameters",
                VMS + "?name=x | name | is not known here; this path takes no query parameters",
                "/restore/projects/tenant-a/vms | project_id | must be a project id: 32 hexadecimal digits or a UUID",
                "/restore/snapshots | tenant_name | is required",
                "/restore/snapshots?tenant_name | tenant_name | must have 1 to 255 characters, not 0",
                "/restore/snapshots?tenant_name=%20 | tenant_name | must not be blank",
                "/restore/snapshots?tenant_name=%E2%80%83 | tenant_name | must not be blank",
                "/restore/snapshots?tenant_name=a%00b | tenant_name | must not contain control characters",
                "/restore/snapshots?tenant_name=a&tenant_name=b | tenant_name | is given 2 times and may be given once",
                "/restore/snapshots?tenant_name=a&tenant=b | tenant | is not known here; known are tenant_name",
                "/restore/vm/" + Jobs.VM_ID + "/restore-points | project_id | is required",
                "/restore/vms/" + Jobs.VM_ID + "/restore-points?project_id=x | project_id | must be a project id: 32"
                        + " hexadecimal digits or a UUID",
                "/restore/vm/web-1/restore-points?project_id=" + Jobs.PROJECT_ID + " | vm_id | must be a UUID such as"
                        + " 0f1c9d2e-7a4b-4c1e-9f6e-2d3b4a5c6d7e"
            })
    void namesAWrongParameter(String uri, String parameter, String detail) {
        get(uri).expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:invalid-request")
                .jsonPath("$.errors.length()")
                .isEqualTo(1)
                .jsonPath("$.errors[0].parameter")
                .isEqualTo(parameter)
                .jsonPath("$.errors[0].detail")
                .isEqualTo(detail);
        assertThat(PLANNER.requests(user)).isEmpty();
    }

    @Test
    void namesEveryWrongParameterAtOnce() {
        get("/restore/vm/x/restore-points?project_id=y")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[*].parameter")
                .isEqualTo(List.of("vm_id", "project_id"));
    }

    @ParameterizedTest
    @CsvSource({
        "/restore/projects/a/b/vms, 404, not-found",
        "/restore/vm/x/y/restore-points, 404, not-found",
        "/restore/projects//vms, 400, invalid-request",
        "/restore/projects/..%2F..%2Fx/vms, 400, invalid-request",
        "/restore/projects/a%00/vms, 400, invalid-request",
        "/restore/vm/%2e%2e%2fx/restore-points, 400, invalid-request",
        "/restore/vms/a%3Bb%5C/restore-points, 400, invalid-request"
    })
    void isNotLedAstrayByIdsWithSeparators(String uri, int status, String type) {
        get(uri).expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:" + type);
        assertThat(PLANNER.requests(user)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PROJECT_NOT_FOUND, 404, project-not-found",
        "VM_NOT_FOUND, 404, vm-not-found",
        "PROJECT_NOT_ACCESSIBLE, 422, project-not-accessible",
        "UNPROCESSABLE, 422, impossible-request",
        "CLOUD_REFUSED, 502, inventory-failed",
        "CLOUD_UNAVAILABLE, 502, cloud-unavailable",
        "CLOUD_TIMEOUT, 504, cloud-timeout"
    })
    void tellsWhyItCannotBeRead(FailureKind kind, int status, String type) {
        Failure failure = new Failure(kind, "There is no project (tenant) named 'x'", "volume", 503, "req-1");
        PLANNER.script(user, _ -> Answer.json(422, failure));
        get("/restore/snapshots?tenant_name=x")
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:" + type)
                .jsonPath("$.detail")
                .isEqualTo("There is no project (tenant) named 'x'")
                .jsonPath("$.service")
                .isEqualTo("volume")
                .jsonPath("$.service_status")
                .isEqualTo(503)
                .jsonPath("$.service_request_id")
                .isEqualTo("req-1");
    }

    @ParameterizedTest
    @CsvSource({
        "401,",
        "403,",
        "404,",
        "422, {}",
        "422, '{\"kind\":\"of-a-later-version\",\"message\":\"m\"}'",
        "502,",
        "302,",
        "200, <html>not ours</html>",
        "200, []"
    })
    void isUnavailableWhileThePlannerIsNotItself(int answered, @Nullable String body) {
        PLANNER.script(user, _ -> new Answer(answered, Map.of(), body == null ? "" : body));
        String service = "The planner service, which reads the cloud,";
        String detail = switch (answered) {
            case 200, 302 ->
                service + " answered what this gateway does not understand: its URL leads to something else, or"
                        + " the two are of different versions. The gateway's log tells more under this"
                        + " request id.";
            case 401 ->
                service + " does not accept this gateway's tokens (401). An operator sets the same"
                        + " RESTORE_JWT_SECRET for both and compares their clocks.";
            default ->
                service + " answered with status " + answered + ", which is its own fault or that of something"
                        + " between. Its log tells more under this request id.";
        };
        for (String uri : List.of("/restore/projects", VMS, "/restore/snapshots?tenant_name=x", RESTORE_POINTS)) {
            unavailable(get(uri), detail);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"type\":\"urn:vm-restore:problem:internal-error\",\"status\":500}", "<html>"})
    void tellsAFaultOfThePlannerAsOne(String body) {
        PLANNER.script(user, _ -> new Answer(500, Map.of(), body));
        for (String uri : List.of("/restore/projects", VMS, "/restore/snapshots?tenant_name=x", RESTORE_POINTS)) {
            get(uri).expectStatus()
                    .isEqualTo(500)
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("urn:vm-restore:problem:internal-error")
                    .jsonPath("$.request_id")
                    .value(String.class, id -> assertThat(id).startsWith("req-"))
                    .jsonPath("$.detail")
                    .isEqualTo("The planner service, which reads the cloud, failed by a fault of its own. Its log has"
                            + " the cause under this request id; report it with that. Trying again may not help.");
        }
    }

    @Test
    void tellsWhatThePlannerRefusesAsTheClients() {
        Map<String, Object> error = Map.of("parameter", "tenant_name", "detail", "must be another name");
        PLANNER.script(
                user,
                _ -> Answer.json(
                        400, Map.of("type", "urn:vm-restore:problem:invalid-request", "errors", List.of(error))));
        get("/restore/snapshots?tenant_name=x")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:invalid-request")
                .jsonPath("$.errors[0].parameter")
                .isEqualTo("tenant_name")
                .jsonPath("$.errors[0].detail")
                .isEqualTo("must be another name");
    }

    @Test
    void isUnavailableWhenThePlannerDoesNotAnswerInTime() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        PLANNER.script(user, _ -> {
            try {
                end.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            ended.countDown();
            return Answer.json(200, Map.of());
        });
        unavailable(
                get("/restore/projects"),
                "The planner service, which reads the cloud, does not answer at the moment (it gave no answer in time);"
                        + " try again. Look in the service's log under the request id for what took so long, then try"
                        + " again.");
        end.countDown();
        ended.await();
    }

    @Test
    void isUnavailableWhenNoPlannerIsThere() {
        try (RunningGateway alone = new RunningGateway(
                "OS_AUTH_URL=http://127.0.0.1:9/v3",
                "KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:9",
                "RESTORE_PLANNER_URL=http://127.0.0.1:9")) {
            unavailable(
                    alone.as(user, Role.OPERATOR).get().uri("/restore/projects").exchange(),
                    "The planner service, which reads the cloud, does not answer at the moment (no connection to"
                            + " 127.0.0.1:9); try again. Check that the service runs and listens there, and that no"
                            + " firewall or proxy refuses the connection.");
        }
    }

    private static void unavailable(WebTestClient.ResponseSpec answer, String detail) {
        answer.expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "5")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:inventory-unavailable")
                .jsonPath("$.detail")
                .isEqualTo(detail);
    }

    @Test
    void asksOnBehalfOfTheCallerAndPassesTheRequestIdOn() {
        String id = "req-3c1a6f0e-58b1-4e6f-9d57-2f7b0f0c1a2b";
        PLANNER.script(user, _ -> Answer.json(200, Map.of("projects", List.of())));
        client.get()
                .uri("/restore/projects")
                .header("X-Openstack-Request-Id", id)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("X-Openstack-Request-Id", id);
        Request asked = PLANNER.requests(user).getFirst();
        assertThat(asked.header("X-Openstack-Request-Id")).isEqualTo(id);
        assertThat(asked.header("Authorization")).startsWith("Bearer ");
    }
}
