package io.vmrestore.gateway.access;

import static io.vmrestore.gateway.access.OutsideTokens.me;
import static io.vmrestore.gateway.testing.ProblemAnswer.problem;
import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.gateway.testing.StandInIssuer;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Callers with a token of an OIDC issuer outside that names the projects they count in. */
class OutsideProjectsTest {
    private static final String JOB_ID = "019aac3e-77a0-7c3b-9d0e-5f1c2b3a4d5e";

    private final String user = newUser();

    @Test
    void countInTheProjectsThatTheirTokenNames() {
        String own = Jobs.PROJECT_ID;
        String operators = "0db9c8c1a2c846d8b1410dbdc41cec4d";
        String nowhere = "1db9c8c1a2c846d8b1410dbdc41cec4d";
        try (RunningGateway gateway = new RunningGateway(
                "OS_AUTH_URL=" + SharedGateway.KEYSTONE.url(),
                "KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:9",
                "RESTORE_STATUS_URL=" + SharedGateway.STATUS.url(),
                "RESTORE_JWT_ISSUER=" + ISSUER.location(),
                "RESTORE_JWT_AUDIENCE=" + StandInIssuer.AUDIENCE,
                "RESTORE_OPERATORS_PROJECT=" + operators,
                "RESTORE_JWT_PROJECTS_CLAIM=restore.projects")) {
            SharedGateway.STATUS.script(user, _ -> Answer.json(200, Jobs.planned(JOB_ID)));
            expect(gateway, Map.of(own, "superadmin"), "superadmin", 200, 403);
            expect(gateway, Map.of(own.toUpperCase(Locale.ROOT), List.of("viewer", "x")), "viewer", 200, 403);
            expect(gateway, Map.of(nowhere, "superadmin", own, "admin"), "superadmin", 200, 403);
            expect(gateway, Map.of(nowhere, "superadmin"), "superadmin", 404, 403);
            expect(gateway, Map.of(nowhere, "admin", operators, "viewer"), "admin", 200, 403);
            for (Object claim : Arrays.asList(null, "admin", Map.of(), Map.of("tenant-a", "admin"), Map.of(own, 7))) {
                problem(
                        me(gateway.anonymous(), projects(claim)),
                        403,
                        "no-role",
                        "The access token of " + user + " is valid, but its claim restore.projects holds nothing that"
                                + " RESTORE_JWT_ROLE_MAPPING gives a role here. Ask an administrator for one.");
            }
            String both = projects(Map.of(own, "viewer", nowhere, "admin"));
            assertThat(get(gateway, "/auth/projects", both)).contains(own, nowhere);
            gateway.anonymous()
                    .post()
                    .uri("/auth/project")
                    .headers(headers -> headers.setBearerAuth(both))
                    .bodyValue(Map.of("project_id", nowhere))
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.user.role")
                    .isEqualTo("admin")
                    .jsonPath("$.access_token")
                    .value(token -> gateway.anonymous()
                            .get()
                            .uri("/restore/jobs/" + JOB_ID)
                            .headers(headers -> headers.setBearerAuth((String) token))
                            .exchange()
                            .expectStatus()
                            .isNotFound());
        }
    }

    private String projects(@Nullable Object claim) {
        return ISSUER.token(ISSUER.claims(user)
                .claim("roles", List.of("superadmin"))
                .claim("restore", claim == null ? null : Map.of("projects", claim)));
    }

    private void expect(RunningGateway gateway, Map<String, ?> claim, String role, int job, int operations) {
        String token = projects(claim);
        me(gateway.anonymous(), token)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.role")
                .isEqualTo(role);
        Map.of("/restore/jobs/" + JOB_ID, job, "/restore/operations/dead-letters", operations)
                .forEach((path, status) -> gateway.anonymous()
                        .get()
                        .uri(path)
                        .headers(headers -> headers.setBearerAuth(token))
                        .exchange()
                        .expectStatus()
                        .isEqualTo(status));
    }

    private static String get(RunningGateway gateway, String path, String token) {
        return Objects.requireNonNull(gateway.anonymous()
                .get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }
}
