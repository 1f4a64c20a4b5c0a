package io.vmrestore.gateway.access;

import static io.vmrestore.gateway.testing.ProblemAnswer.problem;
import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.PLANNER;
import static io.vmrestore.gateway.testing.SharedGateway.STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.Mappings;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.gateway.testing.StandInServer.Request;
import io.vmrestore.support.access.Permission;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

/**
 * Every role at every endpoint, held on the project that the answer is about, on another one, on the operators' project
 * and on none. The services behind answer everybody alike, as if they did not check: the gateway has to.
 */
class ProjectMatrixTest {
    private static final String JOB_ID = "019aac3e-77a0-7c3b-9d0e-5f1c2b3a4d5e";
    private static final String OTHER = "0db9c8c1a2c846d8b1410dbdc41cec4d";

    /** Where the caller's role is held. */
    private enum Place {
        OPERATORS,
        OWN,
        OTHER,
        NONE
    }

    /** What an endpoint tells of. */
    private enum Subject {
        /** The caller; open to any token. */
        CALLER,
        /** The installation. */
        INSTALLATION,
        /** Things of several projects, of which those are left out that the caller does not see. */
        LIST,
        /** A job of {@link Jobs#PROJECT_ID}. */
        JOB,
        /** What the project has. */
        PROJECT,
        /** The same of the project of this name. */
        TENANT,
        /** The whole system. */
        SYSTEM
    }

    private enum Row {
        LOGIN("POST /auth/login", Subject.CALLER, null, 400, "{}"),
        ME("GET /auth/me", Subject.CALLER, null, 200),
        OWN_PROJECTS("GET /auth/projects", Subject.CALLER, null, 200),
        OWN_PROJECT("POST /auth/project", Subject.CALLER, null, 400, "{}"),
        CONFIG("GET /restore/config", Subject.INSTALLATION, Permission.READ, 200),
        JOBS("GET /restore/jobs?with_count=true", Subject.LIST, Permission.READ, 200),
        PROJECTS("GET /restore/projects", Subject.LIST, Permission.READ, 200),
        JOB("GET /restore/jobs/{job_id}", Subject.JOB, Permission.READ, 200),
        EVENTS("GET /restore/jobs/{job_id}/events", Subject.JOB, Permission.READ, 200),
        VMS("GET /restore/projects/{project_id}/vms", Subject.PROJECT, Permission.READ, 200),
        SNAPSHOTS("GET /restore/snapshots?tenant_name=web", Subject.TENANT, Permission.READ, 200),
        RESTORE_POINTS(
                "GET /restore/vm/{vm_id}/restore-points?project_id={project_id}",
                Subject.PROJECT,
                Permission.READ,
                200),
        RESTORE_POINTS_OF_VMS(
                "GET /restore/vms/{vm_id}/restore-points?project_id={project_id}",
                Subject.PROJECT,
                Permission.READ,
                200),
        PLAN(
                "POST /restore/plan",
                Subject.PROJECT,
                Permission.WRITE,
                201,
                "{\"project_id\":\"" + Jobs.PROJECT_ID + "\",\"vm_id\":\"" + Jobs.VM_ID + "\",\"restore_point_id\":\""
                        + Jobs.SNAPSHOT_ID + "\"}"),
        EXECUTE_NEW("POST /restore/execute", Subject.JOB, Permission.WRITE, 202, "{\"plan_id\":\"" + JOB_ID + "\"}"),
        EXECUTE_REPLACE(
                "POST /restore/execute",
                Subject.JOB,
                Permission.ADMIN,
                202,
                "{\"plan_id\":\"" + JOB_ID + "\",\"confirm_destructive\":\"DELETE AND RESTORE web-1\"}"),
        CANCEL("POST /restore/cancel/{job_id}", Subject.JOB, Permission.WRITE, 202, "{}"),
        CANCEL_JOB("POST /restore/jobs/{job_id}/cancel", Subject.JOB, Permission.WRITE, 202, "{}"),
        REDRIVE("POST /restore/jobs/{job_id}/redrive", Subject.JOB, Permission.OPERATE, 409),
        INTERRUPT(
                "POST /restore/jobs/{job_id}/interrupt",
                Subject.JOB,
                Permission.OPERATE,
                202,
                "{\"reason\":\"stuck\"}"),
        DEAD_LETTERS("GET /restore/operations/dead-letters", Subject.SYSTEM, Permission.OPERATE, 200),
        REDRIVE_DEAD_LETTERS(
                "POST /restore/operations/dead-letters/redrive", Subject.SYSTEM, Permission.OPERATE, 400, "{}"),
        REBUILD_STATUS("POST /restore/operations/status-rebuild", Subject.SYSTEM, Permission.OPERATE, 202),
        STATUS_REBUILD("GET /restore/operations/status-rebuild", Subject.SYSTEM, Permission.OPERATE, 200);

        private final HttpMethod method;
        private final String path;
        private final Subject subject;
        private final @Nullable Permission permission;
        private final int status;
        private final @Nullable String body;

        Row(String endpoint, Subject subject, @Nullable Permission permission, int status) {
            this(endpoint, subject, permission, status, null);
        }

        /** @param status what those are answered who may */
        Row(String endpoint, Subject subject, @Nullable Permission permission, int status, @Nullable String body) {
            this.method = HttpMethod.valueOf(endpoint.split(" ")[0]);
            this.path = endpoint.split(" ")[1];
            this.subject = subject;
            this.permission = permission;
            this.status = status;
            this.body = body;
        }

        String endpoint() {
            return method + " " + path.replaceAll("\\?.*", "");
        }

        ResponseSpec call(WebTestClient client) {
            WebTestClient.RequestBodySpec request = client.method(method)
                    .uri(path.replace("{job_id}", JOB_ID)
                            .replace("{vm_id}", Jobs.VM_ID)
                            .replace("{project_id}", Jobs.PROJECT_ID));
            return body == null
                    ? request.exchange()
                    : request.contentType(MediaType.APPLICATION_JSON)
                            .bodyValue(body)
                            .exchange();
        }
    }

    static Stream<Arguments> cells() {
        return Arrays.stream(Row.values())
                .flatMap(row -> Arrays.stream(Place.values())
                        .flatMap(place -> place == Place.NONE
                                ? Stream.of(Arguments.of(row, place, Role.SUPERADMIN))
                                : Arrays.stream(Role.values()).map(role -> Arguments.of(row, place, role))));
    }

    private static Reach reach(Place place, Role role) {
        return switch (place) {
            case OPERATORS -> Reach.everywhere(role);
            case OWN -> Reach.within(Jobs.PROJECT_ID, role);
            case OTHER -> Reach.within(OTHER, role);
            case NONE -> Reach.nowhere();
        };
    }

    @ParameterizedTest(name = "{0} by {2} of {1}")
    @MethodSource("cells")
    void answers(Row row, Place place, Role role) {
        String user = newUser();
        STATUS.script(user, request -> status(row, request));
        PLANNER.script(user, ProjectMatrixTest::planner);

        ResponseSpec answer = row.call(SharedGateway.as(user, reach(place, role)));

        if (row.subject == Subject.CALLER) {
            answer.expectStatus().isEqualTo(row.status);
        } else if (place == Place.NONE) {
            forbidden(answer, "project-required");
        } else if (place == Place.OTHER && hidden(row)) {
            problem(answer, 404, row.subject == Subject.JOB ? "job-not-found" : "project-not-found", words(row));
        } else if (!may(place, role, row)) {
            forbidden(answer, "missing-permission");
        } else if (row.subject == Subject.LIST) {
            assertThat(listed(answer)).isEqualTo(place != Place.OTHER);
        } else {
            answer.expectStatus().isEqualTo(row.status);
        }
    }

    private static void forbidden(ResponseSpec answer, String kind) {
        answer.expectStatus().isForbidden().expectBody().jsonPath("$.type").isEqualTo("urn:vm-restore:problem:" + kind);
    }

    private static boolean hidden(Row row) {
        return switch (row.subject) {
            case JOB, PROJECT, TENANT -> true;
            case CALLER, INSTALLATION, LIST, SYSTEM -> false;
        };
    }

    private static String words(Row row) {
        return switch (row.subject) {
            case JOB -> "There is no restore job " + JOB_ID + ".";
            case TENANT -> "There is no project (tenant) named \"web\"";
            case PROJECT, CALLER, INSTALLATION, LIST, SYSTEM -> "Project " + Jobs.PROJECT_ID + " does not exist";
        };
    }

    /** The user's own table of roles, spelt out rather than computed from the code that is tested. */
    private static boolean may(Place place, Role role, Row row) {
        Set<Permission> permissions = switch (role) {
            case VIEWER, OPERATOR -> EnumSet.of(Permission.READ);
            case ADMIN -> EnumSet.of(Permission.READ, Permission.WRITE);
            case SUPERADMIN -> EnumSet.of(Permission.READ, Permission.WRITE, Permission.ADMIN);
        };
        if (role == Role.SUPERADMIN && place == Place.OPERATORS) {
            permissions.add(Permission.OPERATE);
        }
        return permissions.contains(row.permission);
    }

    private static boolean listed(ResponseSpec answer) {
        byte[] body = answer.expectStatus()
                .isOk()
                .expectBody(byte[].class)
                .returnResult()
                .getResponseBody();
        String text = new String(Objects.requireNonNull(body), StandardCharsets.UTF_8);
        boolean shown = text.contains(Jobs.PROJECT_ID);
        // What is not shown is not counted either.
        assertThat(text).doesNotContain(shown ? "\"count\":0" : "\"count\":1");
        return shown;
    }

    private static Answer status(Row row, Request request) {
        String path = request.uri().getPath();
        if (path.equals("/internal/rebuild")) {
            return Answer.json(request.method().equals("POST") ? 202 : 200, Map.of("state", "RUNNING"));
        }
        if (path.equals("/internal/jobs")) {
            return Answer.json(200, Map.of("jobs", List.of(job(row, request)), "count", 1));
        }
        return path.endsWith("/events")
                ? new Answer(
                        200,
                        Map.of(
                                "Content-Type",
                                "text/event-stream;charset=UTF-8",
                                "Restore-Project-Id",
                                Jobs.PROJECT_ID),
                        ": alive\n\n")
                : Answer.json(200, job(row, request));
    }

    private static Map<String, Object> job(Row row, Request request) {
        Map<String, Object> job = Jobs.planned(JOB_ID);
        if (row == Row.PLAN) {
            job.put("job_id", request.uri().getPath().replaceAll(".*/", ""));
        }
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
        return job;
    }

    private static Answer planner(Request request) {
        Map<String, Object> project = Map.of("id", Jobs.PROJECT_ID, "name", "web");
        return Answer.json(
                200,
                request.uri().getPath().equals("/internal/projects")
                        ? Map.of("projects", List.of(project))
                        : Map.of("project", project, "vms", List.of(), "snapshots", List.of()));
    }

    @Test
    void hasARowForEveryEndpoint() {
        Set<String> rows = new TreeSet<>();
        Arrays.stream(Row.values()).forEach(row -> rows.add(row.endpoint()));
        assertThat(rows).isEqualTo(Mappings.of(SharedGateway.GATEWAY.context()));
    }
}
