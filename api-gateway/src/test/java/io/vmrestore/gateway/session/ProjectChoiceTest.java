package io.vmrestore.gateway.session;

import static io.vmrestore.gateway.testing.ProblemAnswer.problem;
import static io.vmrestore.gateway.testing.SharedGateway.KEYSTONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.Json;
import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.gateway.testing.StandInKeystone;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** Signing in without a project, the list of one's projects, and the change to one of them. */
class ProjectChoiceTest {
    private static final String NO_PROJECT = "This needs a token that speaks for a project, and yours speaks for none"
            + " yet. Choose one with POST /auth/project {\"project_id\": …}; GET /auth/projects lists yours.";
    private static final String OVER =
            "Keystone does not accept any more what you signed in with; sign in again with POST /auth/login.";

    private static JsonNode answer(ResponseSpec answer) {
        return Json.MAPPER.readTree(Objects.requireNonNull(answer.expectStatus()
                .isOk()
                .expectBody(byte[].class)
                .returnResult()
                .getResponseBody()));
    }

    private static ResponseSpec tryLogin(String user) {
        return SharedGateway.anonymous()
                .post()
                .uri("/auth/login")
                .bodyValue(Map.of("username", user, "password", StandInKeystone.PASSWORD))
                .exchange();
    }

    private static JsonNode login(String user) {
        return answer(tryLogin(user));
    }

    private static WebTestClient with(JsonNode login) {
        return SharedGateway.anonymous()
                .mutate()
                .defaultHeaders(headers ->
                        headers.setBearerAuth(login.path("access_token").asString()))
                .build();
    }

    private static ResponseSpec get(JsonNode login, String path) {
        return with(login).get().uri(path).exchange();
    }

    private static ResponseSpec choose(JsonNode login, String projectId) {
        return with(login)
                .post()
                .uri("/auth/project")
                .bodyValue(Map.of("project_id", projectId))
                .exchange();
    }

    private static JsonNode me(JsonNode login) {
        return answer(get(login, "/auth/me"));
    }

    private static List<String> names(JsonNode projects) {
        return projects.values().stream()
                .map(project -> project.path("name").asString())
                .sorted()
                .toList();
    }

    @Test
    void withoutAProjectTheOperatorsOneIsTakenWhereTheUserHasARole() {
        JsonNode login = login(
                KEYSTONE.user(Map.of("tenant-a", List.of("admin"), RunningGateway.OPERATORS, List.of("manager"))));

        assertThat(login.path("user").path("role").asString()).isEqualTo("admin");
        assertThat(login.path("project").path("name").asString()).isEqualTo(RunningGateway.OPERATORS);
        assertThat(login.has("projects")).isFalse();
        get(login, "/restore/config").expectStatus().isOk();
    }

    @Test
    void otherwiseTheTokenOpensTheWayToAProjectAndNothingElse() {
        JsonNode login = login(KEYSTONE.user(
                Map.of("tenant-a", List.of("admin"), "tenant-b", List.of("reader"), "disabled-c", List.of("admin"))));

        assertThat(login.path("user").path("role").isNull()).isTrue();
        assertThat(login.path("project").isNull()).isTrue();
        assertThat(names(login.path("projects"))).containsExactly("tenant-a", "tenant-b");
        assertThat(me(login).path("role").isNull()).isTrue();
        assertThat(me(login).path("permissions").isEmpty()).isTrue();
        assertThat(answer(get(login, "/auth/projects")).path("projects")).isEqualTo(login.path("projects"));
        for (String path : List.of(
                "/restore/config",
                "/restore/jobs",
                "/restore/projects",
                "/restore/jobs/019aac3e-77a0-7c3b-9d0e-5f1c2b3a4d5e",
                "/restore/operations/dead-letters")) {
            problem(get(login, path), 403, "project-required", NO_PROJECT);
        }
        problem(
                with(login)
                        .post()
                        .uri("/restore/plan")
                        .bodyValue(Map.of("project_id", StandInKeystone.idOf("tenant-a")))
                        .exchange(),
                403,
                "project-required",
                NO_PROJECT);
    }

    @Test
    void aProjectIsChosenAndChangedWithTheRoleHeldThere() {
        JsonNode login = login(KEYSTONE.user(Map.of("tenant-a", List.of("admin"), "tenant-b", List.of("reader"))));

        JsonNode first = answer(choose(login, StandInKeystone.idOf("tenant-a")));
        JsonNode second = answer(choose(first, StandInKeystone.idOf("tenant-b").toUpperCase(Locale.ROOT)));

        assertThat(first.path("user").path("role").asString()).isEqualTo("superadmin");
        assertThat(first.path("project").path("id").asString()).isEqualTo(StandInKeystone.idOf("tenant-a"));
        assertThat(first.has("projects")).isFalse();
        assertThat(second.path("user").path("role").asString()).isEqualTo("viewer");
        assertThat(me(second).path("project").path("name").asString()).isEqualTo("tenant-b");
        assertThat(me(first).path("project").path("name").asString()).isEqualTo("tenant-a");
        assertThat(names(answer(get(second, "/auth/projects")).path("projects")))
                .containsExactly("tenant-a", "tenant-b");
    }

    @Test
    void aProjectWithoutARoleIsToldLikeOneThatDoesNotExist() {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("admin"), "tenant-c", List.of("unmapped")));
        JsonNode login = login(user);

        for (String project : List.of("tenant-b", "no such project")) {
            String id = StandInKeystone.idOf(project);
            problem(
                    choose(login, id),
                    404,
                    "project-not-found",
                    "You have no role on a project " + id + "; GET /auth/projects lists those on which you have one.");
        }
        problem(
                choose(login, StandInKeystone.idOf("tenant-c")),
                403,
                "no-role",
                "User " + user
                        + " has no Keystone role on project tenant-c that RESTORE_ROLE_MAPPING gives a role here."
                        + " Choose another project, or ask an administrator for a role.");
        problem(
                choose(login, "tenant-a"),
                400,
                "invalid-request",
                "/project_id must be a project id: 32 hexadecimal digits or a UUID.");
    }

    @Test
    void nothingIsChosenAnyMoreOnceKeystoneHasTakenTheSignInBack() {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("admin")));
        JsonNode login = login(user);
        KEYSTONE.revoke(user);

        problem(choose(login, StandInKeystone.idOf("tenant-a")), 401, "unauthenticated", OVER);
        problem(get(login, "/auth/projects"), 401, "unauthenticated", OVER);
    }

    @Test
    void aTokenThatKeystoneDoesNotExchangeIsToldSo() {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("admin")));
        JsonNode login = login(user);
        KEYSTONE.bind(user);

        problem(
                choose(login, StandInKeystone.idOf("tenant-a")),
                403,
                "no-role",
                "Keystone does not exchange this token for one of another project: it is bound to its own. Sign in with"
                        + " POST /auth/login, or send a token of the other project.");
    }

    @Test
    void noTokenOutlivesTheOneOfKeystone() {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("admin")));
        KEYSTONE.lifetime(user, Duration.ofSeconds(90));

        JsonNode login = login(user);
        JsonNode chosen = answer(choose(login, StandInKeystone.idOf("tenant-a")));

        assertThat(login.path("expires_in").asInt()).isBetween(30, 90);
        assertThat(chosen.path("expires_in").asInt())
                .isLessThanOrEqualTo(login.path("expires_in").asInt());
        KEYSTONE.lifetime(user, Duration.ofSeconds(-5));
        tryLogin(user)
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.detail")
                .value(text -> assertThat((String) text)
                        .startsWith("What you signed in with has ended at ")
                        .endsWith("If you just have, the clocks of this host and of Keystone differ."));
    }

    @Test
    void keystonesTokenCannotBeReadFromOurs() {
        String token = login(KEYSTONE.user(Map.of("tenant-a", List.of("admin"))))
                .path("access_token")
                .asString();

        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);

        String ciphertext =
                Json.MAPPER.readTree(claims).path("keystone").path("ciphertext").asString();
        assertThat(claims).doesNotContain("gAAAAA");
        assertThat(new String(Base64.getDecoder().decode(ciphertext), StandardCharsets.ISO_8859_1))
                .isNotEmpty()
                .doesNotContain("gAAAAA");
    }
}
