package io.vmrestore.gateway.access;

import static io.vmrestore.gateway.testing.ProblemAnswer.problem;
import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.Mappings;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.gateway.testing.StandInServer.Request;
import io.vmrestore.support.access.Permission;
import io.vmrestore.support.access.Role;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Every caller at every endpoint: what is answered, by status and in words. */
class PermissionMatrixTest {
    private static final String JOB_ID = "019aac3e-77a0-7c3b-9d0e-5f1c2b3a4d5e";
    private static final String PLANNED = "{\"job_id\":\"" + JOB_ID + "\",\"status\":\"PENDING\"}";
    private static final String AWAY =
            "The planner service, which reads the cloud, answered with status 502, which is its own fault or that of"
                    + " something between. Its log tells more under this request id.";
    private static final String CANCELLED = "{\"job_id\":\"" + JOB_ID + "\",\"status\":\"PLANNED\"}";

    /**
     * The rows. Each says what those who may are answered; requests are such that the answer shows that the endpoint
     * itself was reached.
     */
    private enum Row {
        LOGIN("POST /auth/login", null, "{}", 400, "/username is required; /password is required."),
        ME("GET /auth/me", null, null, 200, null),
        OWN_PROJECTS("GET /auth/projects", null, null, 200, null),
        OWN_PROJECT("POST /auth/project", null, "{}", 400, "/project_id is required."),
        CONFIG("GET /restore/config", Permission.READ, null, 200, null),
        JOBS(
                "GET /restore/jobs",
                "?limit=0",
                Permission.READ,
                null,
                400,
                "Parameter limit must be a whole number from 1 to 200."),
        JOB("GET /restore/jobs/{job_id}", Permission.READ, null, 200, null),
        EVENTS(
                "GET /restore/jobs/{job_id}/events",
                "?from=1",
                Permission.READ,
                null,
                400,
                "Parameter from is not known here; this path takes no query parameters."),
        PROJECTS("GET /restore/projects", Permission.READ, null, 503, AWAY),
        VMS("GET /restore/projects/{project_id}/vms", Permission.READ, null, 503, AWAY),
        SNAPSHOTS("GET /restore/snapshots", Permission.READ, null, 400, "Parameter tenant_name is required."),
        RESTORE_POINTS(
                "GET /restore/vm/{vm_id}/restore-points",
                Permission.READ,
                null,
                400,
                "Parameter project_id is required."),
        RESTORE_POINTS_OF_VMS(
                "GET /restore/vms/{vm_id}/restore-points",
                Permission.READ,
                null,
                400,
                "Parameter project_id is required."),
        PLAN(
                "POST /restore/plan",
                Permission.WRITE,
                "{}",
                400,
                "/project_id is required; /vm_id is required; /restore_point_id is required."),
        EXECUTE_NEW("POST /restore/execute", Permission.WRITE, executing("NEW"), 202, PLANNED),
        EXECUTE_REPLACE("POST /restore/execute", Permission.ADMIN, executing("REPLACE"), 202, PLANNED),
        CANCEL("POST /restore/cancel/{job_id}", Permission.WRITE, "{}", 202, CANCELLED),
        CANCEL_JOB("POST /restore/jobs/{job_id}/cancel", Permission.WRITE, "{}", 202, CANCELLED),
        REDRIVE(
                "POST /restore/jobs/{job_id}/redrive",
                Permission.OPERATE,
                null,
                409,
                "The plan waits for POST /restore/execute, so nothing is outstanding."),
        INTERRUPT("POST /restore/jobs/{job_id}/interrupt", Permission.OPERATE, "{}", 400, "/reason is required."),
        DEAD_LETTERS("GET /restore/operations/dead-letters", Permission.OPERATE, null, 200, null),
        REDRIVE_DEAD_LETTERS(
                "POST /restore/operations/dead-letters/redrive",
                Permission.OPERATE,
                "{}",
                400,
                "/ids must be a list of 1 to 100 strings."),
        REBUILD_STATUS("POST /restore/operations/status-rebuild", Permission.OPERATE, null, 202, null),
        STATUS_REBUILD("GET /restore/operations/status-rebuild", Permission.OPERATE, null, 200, null);

        private final String endpoint;
        private final String query;
        private final @Nullable Permission permission;
        private final @Nullable String body;
        private final int status;
        private final @Nullable String text;

        Row(
                String endpoint,
                @Nullable Permission permission,
                @Nullable String body,
                int status,
                @Nullable String text) {
            this(endpoint, "", permission, body, status, text);
        }

        Row(
                String endpoint,
                String query,
                @Nullable Permission permission,
                @Nullable String body,
                int status,
                @Nullable String text) {
            this.endpoint = endpoint;
            this.query = query;
            this.permission = permission;
            this.body = body;
            this.status = status;
            this.text = text;
        }

        /** The confirmation tells the stand-in's script which mode the plan has. */
        private static String executing(String mode) {
            return "{\"plan_id\":\"" + JOB_ID + "\",\"confirm_destructive\":\""
                    + (mode.equals("REPLACE") ? "DELETE AND RESTORE web-1" : "") + "\"}";
        }

        boolean publicToAll() {
            return this == LOGIN;
        }

        /** With ids in the place of the variables. */
        String path() {
            return endpoint.split(" ")[1]
                    .replace("{job_id}", JOB_ID)
                    .replace("{vm_id}", Jobs.VM_ID)
                    .replace("{project_id}", Jobs.PROJECT_ID);
        }

        ResponseSpec call(WebTestClient client) {
            WebTestClient.RequestBodySpec request =
                    client.method(HttpMethod.valueOf(endpoint.split(" ")[0])).uri(path() + query);
            return body == null
                    ? request.exchange()
                    : request.contentType(MediaType.APPLICATION_JSON)
                            .bodyValue(body)
                            .exchange();
        }
    }

    /** Every cell; a role of null is a caller without a token. */
    static Stream<Arguments> cells() {
        return Arrays.stream(Row.values())
                .flatMap(row -> Stream.concat(
                        Stream.of(Arguments.of(row, null)),
                        Arrays.stream(Role.values()).map(role -> Arguments.of(row, role))));
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("cells")
    void answers(Row row, @Nullable Role role) {
        String user = newUser();
        STATUS.script(
                user,
                request -> request.uri().getPath().equals("/internal/rebuild")
                        ? Answer.json(request.method().equals("POST") ? 202 : 200, Map.of("state", "RUNNING"))
                        : job(row, request));
        ResponseSpec answer = row.call(role == null ? SharedGateway.anonymous() : SharedGateway.as(user, role));
        if (role == null && !row.publicToAll()) {
            answer.expectHeader().valueEquals("WWW-Authenticate", "Bearer realm=\"vm-restore\"");
            problem(
                    answer,
                    401,
                    "unauthenticated",
                    "Send an access token in the header Authorization: Bearer <token>; POST /auth/login issues one. A"
                            + " Keystone token in the header X-Auth-Token does as well.");
        } else if (role == null || may(role, row)) {
            reached(answer, row);
        } else {
            Permission missing = row == Row.EXECUTE_REPLACE && role != Role.ADMIN ? Permission.WRITE : row.permission;
            problem(
                            answer,
                            403,
                            "missing-permission",
                            "This needs the permission " + missing.wireName() + ", which your role " + role.wireName()
                                    + " does not have.")
                    .jsonPath("$.permission")
                    .isEqualTo(missing.wireName());
        }
    }

    /** The user's own table of roles, spelt out rather than computed from the code that is tested. */
    private static boolean may(Role role, Row row) {
        Set<Permission> permissions = switch (role) {
            case VIEWER, OPERATOR -> EnumSet.of(Permission.READ);
            case ADMIN -> EnumSet.of(Permission.READ, Permission.WRITE);
            case SUPERADMIN -> EnumSet.allOf(Permission.class);
        };
        return row.permission == null || permissions.contains(row.permission);
    }

    private static void reached(ResponseSpec answer, Row row) {
        WebTestClient.BodyContentSpec body =
                answer.expectStatus().isEqualTo(row.status).expectBody();
        if (row.status == 202 && row.text != null) {
            body.json(row.text);
        } else if (row.text != null) {
            body.jsonPath("$.detail").isEqualTo(row.text);
        } else {
            body.jsonPath("$.detail").doesNotExist();
        }
    }

    private static Answer job(Row row, Request request) {
        Map<String, Object> job = Jobs.planned(JOB_ID);
        if (row == Row.EXECUTE_REPLACE) {
            job.put("mode", "REPLACE");
        }
        @Nullable String execution = request.parameters().getFirst("execution_id");
        if (execution != null) {
            job.put("execution", Map.of("execution_id", execution));
        }
        if (request.parameters().containsKey("after_version")) {
            job.put("cancellation", Map.of("requested_by", "x", "requested_at", "2026-11-22T18:30:00Z"));
        }
        return Answer.json(200, job);
    }

    @Test
    void hasARowForEveryEndpoint() {
        Set<String> rows = new TreeSet<>();
        endpoints().forEach(row -> rows.add(row.endpoint));
        assertThat(rows).isEqualTo(Mappings.of(SharedGateway.GATEWAY.context()));
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void refusesUnknownQueryParametersEverywhere(Row row) {
        ResponseSpec answer = SharedGateway.as(newUser(), Role.SUPERADMIN)
                .method(HttpMethod.valueOf(row.endpoint.split(" ")[0]))
                .uri(row.path() + "?verbose=1")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{}")
                .exchange();
        answer.expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:invalid-request")
                .jsonPath("$.errors[0].parameter")
                .isEqualTo("verbose")
                .jsonPath("$.detail")
                .value(detail -> assertThat((String) detail).startsWith("Parameter verbose is not known here; "));
    }

    static Stream<Row> endpoints() {
        return Arrays.stream(Row.values());
    }
}
