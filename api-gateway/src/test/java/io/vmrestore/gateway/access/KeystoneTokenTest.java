package io.vmrestore.gateway.access;

import static io.vmrestore.gateway.testing.ProblemAnswer.problem;
import static io.vmrestore.gateway.testing.ProblemAnswer.problemMatching;
import static io.vmrestore.gateway.testing.SharedGateway.KEYSTONE;
import static io.vmrestore.gateway.testing.SharedGateway.STATUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.gateway.testing.StandInKeystone;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.support.access.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Callers with a Keystone token in X-Auth-Token. */
class KeystoneTokenTest {
    private static final String INVALID = "Keystone does not accept the token in X-Auth-Token: it is not valid or has"
            + " expired. Get a new one, for example with: openstack token issue";
    private static final String ASKED = " \\(GET /v3/auth/tokens, request req-[0-9a-f-]{36}\\); the token in"
            + " X-Auth-Token could not be checked\\. .+\\.";
    private static final String NO_PROJECT = "This needs a token that speaks for a project, and yours speaks for none"
            + " yet. Choose one with POST /auth/project {\"project_id\": …}; GET /auth/projects lists yours.";

    private static ResponseSpec get(String path, String token) {
        return SharedGateway.anonymous()
                .get()
                .uri(path)
                .header("X-Auth-Token", token)
                .exchange();
    }

    private static ResponseSpec me(String token) {
        return get("/auth/me", token);
    }

    private static String token(String project, List<String> roles) {
        return KEYSTONE.token(KEYSTONE.user(Map.of(project, roles)), project, in(600));
    }

    private static Instant in(int seconds) {
        return Instant.now().plusSeconds(seconds);
    }

    @ParameterizedTest
    @CsvSource({"reader, viewer", "member, operator", "manager, admin", "admin, superadmin"})
    void haveTheRoleThatTheirsIsMappedTo(String keystoneRole, String role) {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("unmapped", keystoneRole)));
        me(KEYSTONE.token(user, "tenant-a", in(600)))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.username")
                .isEqualTo(user)
                .jsonPath("$.role")
                .isEqualTo(role);
    }

    @Test
    void mayDoWhatTheirRoleMayAndAreKnownToOtherServicesByName() {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("reader")));
        String token = KEYSTONE.token(user, "tenant-a", in(600));
        String jobId = UUID.randomUUID().toString();
        STATUS.script(
                user,
                _ -> Answer.json(200, Jobs.with(Jobs.planned(jobId), "project_id", StandInKeystone.idOf("tenant-a"))));
        get("/restore/jobs/" + jobId, token).expectStatus().isOk();
        assertThat(STATUS.requests(user))
                .singleElement()
                .satisfies(asked -> assertThat(asked.header("Authorization")).doesNotContain(token));
        problem(
                SharedGateway.anonymous()
                        .post()
                        .uri("/restore/plan")
                        .header("X-Auth-Token", token)
                        .exchange(),
                403,
                "missing-permission",
                "This needs the permission restore:write, which your role viewer does not have.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gAAAAABunknown", "with space", "a/b", "\u00e4", ""})
    void areTurnedAwayWithATokenThatKeystoneDoesNotAccept(String token) {
        ResponseSpec answer = me(token);
        answer.expectHeader().valueEquals("WWW-Authenticate", "Bearer realm=\"vm-restore\"");
        problem(answer, 401, "unauthenticated", INVALID);
    }

    @Test
    void areTurnedAwayWhereTheirTokenGivesNoRole() {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("unmapped")));
        String end =
                " that RESTORE_ROLE_MAPPING gives a role here. Use a token that is scoped to a project on which the"
                        + " user has one.";
        String begin = "The token in X-Auth-Token is valid, but it gives user " + user + " no Keystone role on ";
        problem(me(KEYSTONE.token(user, "tenant-a", in(600))), 403, "no-role", begin + "project tenant-a" + end);
    }

    @Test
    void speakForNoProjectWithATokenOfAnotherScope() {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("admin")));
        List<String> tokens = List.of(
                KEYSTONE.token(user, null, in(600)),
                KEYSTONE.tokenOf(user, Map.of("domain", Map.of("id", "default", "name", "Default")), in(600)),
                KEYSTONE.tokenOf(user, Map.of("system", Map.of("all", true)), in(600)));
        for (String token : tokens) {
            me(token)
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .json("{\"username\":\"" + user + "\",\"role\":null,\"project\":null,\"permissions\":[]}");
            problem(get("/restore/config", token), 403, "project-required", NO_PROJECT);
            problem(get("/restore/operations/dead-letters", token), 403, "project-required", NO_PROJECT);
            get("/auth/projects", token)
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.projects[0].name")
                    .isEqualTo("tenant-a");
        }
    }

    @Test
    void chooseAProjectByATokenWithoutOne() {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("manager")));
        SharedGateway.anonymous()
                .post()
                .uri("/auth/project")
                .header("X-Auth-Token", KEYSTONE.token(user, null, in(600)))
                .bodyValue(Map.of("project_id", StandInKeystone.idOf("tenant-a")))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.user.role")
                .isEqualTo("admin")
                .jsonPath("$.project.name")
                .isEqualTo("tenant-a")
                .jsonPath("$.expires_in")
                .value(seconds -> assertThat((Integer) seconds).isBetween(500, 600));
    }

    @Test
    void countForEveryProjectWhereTheyAreScopedToTheOperatorsOne() {
        String operator = KEYSTONE.user(Map.of(RunningGateway.OPERATORS, List.of("admin")));
        String tenant = KEYSTONE.user(Map.of("tenant-a", List.of("admin")));
        me(KEYSTONE.token(operator, RunningGateway.OPERATORS, in(600)))
                .expectBody()
                .jsonPath("$.permissions[3]")
                .isEqualTo("restore:operate");
        me(KEYSTONE.token(tenant, "tenant-a", in(600)))
                .expectBody()
                .json(
                        "{\"role\":\"superadmin\",\"project\":{\"id\":\"" + StandInKeystone.idOf("tenant-a")
                                + "\",\"name\":\"tenant-a\"},\"permissions\":[\"restore:read\",\"restore:write\",\"restore:admin\"]}");
        problem(
                get("/restore/operations/dead-letters", KEYSTONE.token(tenant, "tenant-a", in(600))),
                403,
                "missing-permission",
                "This needs the permission restore:operate, which only a superadmin on the operators' project has; your"
                        + " role superadmin is held on project tenant-a and counts there alone.");
    }

    @Test
    void sendOneTokenOnly() {
        String twice = "The request carries more than one token; send either Authorization or X-Auth-Token, once.";
        String token = token("tenant-a", List.of("admin"));
        problem(
                SharedGateway.as("olga", Role.VIEWER)
                        .get()
                        .uri("/auth/me")
                        .header("X-Auth-Token", token)
                        .exchange(),
                400,
                "invalid-request",
                twice);
        problem(
                SharedGateway.anonymous()
                        .get()
                        .uri("/auth/me")
                        .header("X-Auth-Token", token, token)
                        .exchange(),
                400,
                "invalid-request",
                twice);
        assertThat(KEYSTONE.checks(token)).isZero();
    }

    @Test
    void areRememberedForAShortWhile() {
        String token = token("tenant-a", List.of("member"));
        IntStream.range(0, 5).forEach(_ -> me(token).expectStatus().isOk());
        assertThat(KEYSTONE.checks(token)).isEqualTo(1);
    }

    @Test
    void areNeverRememberedBeyondTheEndOfTheirToken() {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("member")));
        String token = KEYSTONE.token(user, "tenant-a", in(1));
        me(token).expectStatus().isOk();
        KEYSTONE.fault(token, _ -> StandInKeystone.error(401, "Unauthorized", "The request you have made requires"));
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> problem(me(token), 401, "unauthenticated", INVALID));
        assertThat(KEYSTONE.checks(token)).isGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 429, 500, 503})
    void areAskedToComeAgainWhileKeystoneFails(int status) {
        String token = token("tenant-a", List.of("member"));
        KEYSTONE.fault(token, _ -> StandInKeystone.error(status, "Trouble", "Something"));
        ResponseSpec answer = me(token);
        answer.expectHeader().valueEquals("Retry-After", "5");
        problemMatching(
                        answer,
                        503,
                        "token-check-unavailable",
                        "The identity service \\(Keystone\\) answered with HTTP status " + status + " \"Trouble\""
                                + ASKED)
                .jsonPath("$.service")
                .isEqualTo("identity");
        // The failure is not remembered.
        KEYSTONE.heal(token);
        me(token).expectStatus().isOk();
    }

    @Test
    void mayComeAgainAtOnceAfterKeystoneHasFailed() {
        // Whoever is told of the failure must not find it remembered, so often that a race would be lost once.
        for (int time = 0; time < 300; time++) {
            String token = token("tenant-a", List.of("member"));
            KEYSTONE.fault(token, _ -> StandInKeystone.error(503, "Trouble", "Something"));
            me(token).expectStatus().isEqualTo(503);
            KEYSTONE.heal(token);
            me(token).expectStatus().isOk();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not JSON", "{}", "{\"token\":{\"expires_at\":\"soon\",\"user\":{\"name\":\"x\"}}}"})
    void areAskedToComeAgainWhenKeystonesAnswerMakesNoSense(String body) {
        String token = token("tenant-a", List.of("member"));
        KEYSTONE.fault(token, _ -> new Answer(200, Map.of("Content-Type", "application/json"), body));
        problemMatching(
                me(token), 503, "token-check-unavailable", "The identity service \\(Keystone\\) sent a.+" + ASKED);
    }

    @Test
    void areAskedToComeAgainWhileKeystoneIsAway() {
        try (RunningGateway gateway =
                new RunningGateway("OS_AUTH_URL=http://127.0.0.1:9/v3", "KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:9")) {
            problemMatching(
                    gateway.anonymous()
                            .get()
                            .uri("/restore/config")
                            .header("X-Auth-Token", "gAAAAABx")
                            .exchange(),
                    503,
                    "token-check-unavailable",
                    "The identity service \\(Keystone\\) cannot be asked: no connection to 127\\.0\\.0\\.1:9" + ASKED);
        }
    }

    @Test
    void needNoTokenToSignIn() {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("member")));
        SharedGateway.anonymous()
                .post()
                .uri("/auth/login")
                .header("X-Auth-Token", "expired")
                .header("Authorization", "Bearer expired")
                .bodyValue(Map.of("username", user, "password", StandInKeystone.PASSWORD))
                .exchange()
                .expectStatus()
                .isOk();
    }
}
