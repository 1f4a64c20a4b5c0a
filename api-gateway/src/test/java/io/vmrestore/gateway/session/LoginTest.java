package io.vmrestore.gateway.session;

import static io.vmrestore.gateway.testing.ProblemAnswer.problem;
import static io.vmrestore.gateway.testing.ProblemAnswer.problemMatching;
import static io.vmrestore.gateway.testing.SharedGateway.KEYSTONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.Json;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.gateway.testing.StandInKeystone;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class LoginTest {
    private static final String ASKED =
            " \\(POST /v3/auth/tokens, request req-[0-9a-f-]{36}\\); the login could not be checked\\. ";

    private static ResponseSpec login(String user, String password, @Nullable String domain, @Nullable String project) {
        Map<String, Object> body = new HashMap<>(Map.of("username", user, "password", password));
        body.put("domain", domain);
        body.put("project", project);
        return SharedGateway.anonymous()
                .post()
                .uri("/auth/login")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static ResponseSpec login(String user) {
        return login(user, StandInKeystone.PASSWORD, null, null);
    }

    @Test
    void issuesATokenThatIsGoodForTheApi() {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("manager", "member", "reader")));
        login(user, StandInKeystone.PASSWORD, null, "tenant-a")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueMatches("Cache-Control", ".*no-store.*")
                .expectBody()
                .jsonPath("$.token_type")
                .isEqualTo("Bearer")
                .jsonPath("$.expires_in")
                .isEqualTo(3600)
                .jsonPath("$.user.username")
                .isEqualTo(user)
                .jsonPath("$.user.role")
                .isEqualTo("admin")
                .jsonPath("$.access_token")
                .value(token -> SharedGateway.anonymous()
                        .get()
                        .uri("/auth/me")
                        .headers(headers -> headers.setBearerAuth((String) token))
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .json("{\"username\":\"" + user
                                + "\",\"role\":\"admin\",\"permissions\":[\"restore:read\",\"restore:write\"]}"));
    }

    @ParameterizedTest
    @CsvSource({
        "reader, viewer",
        "member, operator",
        "manager, admin",
        "admin, superadmin",
        "Admin, superadmin",
        "'reader,manager,member', admin"
    })
    void takesTheStrongestRole(String keystoneRoles, String role) {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of(keystoneRoles.split(","))));
        login(user, StandInKeystone.PASSWORD, null, "tenant-a")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.user.role")
                .isEqualTo(role);
    }

    @Test
    void givesTheRoleOnTheProjectThatIsNamedByNameOrId() {
        String user = KEYSTONE.user(Map.of(
                "tenant-a", List.of("reader"),
                "tenant-b", List.of("manager"),
                "tenant-c", List.of("heat_stack_owner"),
                "disabled-d", List.of("admin"),
                "tenant-e", List.of()));
        login(user, StandInKeystone.PASSWORD, "Default", "tenant-a")
                .expectBody()
                .jsonPath("$.user.role")
                .isEqualTo("viewer");
        login(user, StandInKeystone.PASSWORD, null, StandInKeystone.idOf("tenant-b"))
                .expectBody()
                .jsonPath("$.user.role")
                .isEqualTo("admin");
    }

    @Test
    void tellsAMissingRoleFromAWrongPassword() {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("reader"), "tenant-c", List.of("heat_stack_owner")));
        String advice = " that RESTORE_ROLE_MAPPING gives a role here. Ask an administrator for one.";
        for (String project : List.of("tenant-c", "tenant-zzz", "disabled-d")) {
            problem(
                    login(user, StandInKeystone.PASSWORD, null, project),
                    403,
                    "no-role",
                    "The password is right, but user " + user + " has no Keystone role on project " + project + advice);
        }
        String nobody = KEYSTONE.user(Map.of());
        problem(
                login(nobody),
                403,
                "no-role",
                "The password is right, but user " + nobody + " has no Keystone role on any project" + advice);
        // Otherwise a colleague without role could not sign in once given one.
        login(user).expectStatus().isOk();
    }

    @Test
    void refusesAWrongPasswordAndLimitsHowOftenItMayBeTried() {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("reader")));
        String detail = "The identity service does not accept this user name and password in the domain Default.";
        problem(login(user, "wrong", null, null), 401, "invalid-credentials", detail);
        problem(login(user, "wrong again", null, null), 401, "invalid-credentials", detail);
        problem(login(user, "still wrong", null, null), 401, "invalid-credentials", detail);
        int asked = KEYSTONE.requests().size();
        login(user)
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .valueMatches("Retry-After", "(29[0-9]|300)")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:too-many-logins")
                .jsonPath("$.detail")
                .value(text -> assertThat((String) text)
                        .matches("Too many failed logins of this user from your address; try again in"
                                + " (29[0-9]|300) seconds\\."));
        assertThat(KEYSTONE.requests().subList(asked, KEYSTONE.requests().size()))
                .noneSatisfy(request -> assertThat(new String(request.body(), StandardCharsets.UTF_8))
                        .contains(user));
    }

    @Test
    void letsTheRightPasswordInFromAnAddressWhereItWasRightBefore() {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("reader")));
        login(user).expectStatus().isOk();
        for (int attempt = 0; attempt < 4; attempt++) {
            login(user, "wrong", null, null).expectStatus().isUnauthorized();
        }
        login(user).expectStatus().isOk();
    }

    @Test
    void refusesUnknownUsersAndDomainsInTheSameWords() {
        String unknown = "nobody-" + UUID.randomUUID();
        problem(
                login(unknown),
                401,
                "invalid-credentials",
                "The identity service does not accept this user name and password in the domain Default.");
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("reader")));
        problem(
                login(user, StandInKeystone.PASSWORD, "Other", null),
                401,
                "invalid-credentials",
                "The identity service does not accept this user name and password in the domain Other.");
    }

    @ParameterizedTest
    @CsvSource({
        "400, Check that OS_AUTH_URL leads to Keystone itself",
        "403, Check that OS_AUTH_URL leads to Keystone itself",
        "404, Check that OS_AUTH_URL leads to Keystone itself",
        "429, Try again later",
        "500, Look in the service's log under the request id",
        "502, The load balancer or proxy in front of the service does not reach it",
        "503, Check that the service and its database and message queue run"
    })
    void tellsThatKeystoneFailed(int status, String remedy) {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("reader")));
        KEYSTONE.fault(user, _ -> StandInKeystone.error(status, "Oops", "secret detail"));
        for (int attempt = 0; attempt < 5; attempt++) {
            // Never 429: what Keystone could not check is no failed login.
            problemMatching(
                            login(user),
                            502,
                            "identity-unavailable",
                            "The identity service \\(Keystone\\) answered with HTTP status " + status + " \"Oops\""
                                    + ASKED + remedy + ".*\\.")
                    .jsonPath("$.service_request_id")
                    .exists()
                    .jsonPath("$.service")
                    .isEqualTo("identity")
                    .jsonPath("$.service_status")
                    .isEqualTo(status);
        }
    }

    @Test
    void tellsThatKeystoneIsNotKeystone() {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("reader")));
        KEYSTONE.fault(user, _ -> new Answer(200, Map.of(), "<html>hello</html>"));
        problemMatching(
                login(user),
                502,
                "identity-unavailable",
                "The identity service \\(Keystone\\) sent no token" + ASKED
                        + "Check that OS_AUTH_URL leads to Keystone itself.*");
    }

    @Test
    void tellsThatKeystoneIsSlow() {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("reader")));
        CountDownLatch answered = new CountDownLatch(1);
        KEYSTONE.fault(user, _ -> {
            try {
                answered.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Answer(500, Map.of(), "");
        });
        try {
            problemMatching(
                            login(user),
                            504,
                            "identity-timeout",
                            "The identity service \\(Keystone\\) did not answer within \\d+ ms"
                                    + " \\(RESTORE_IDENTITY_TIMEOUT\\)" + ASKED + "Look in the service's log .*")
                    .jsonPath("$.service")
                    .isEqualTo("identity");
        } finally {
            answered.countDown();
        }
    }

    @Test
    void asksInTheFormOfTheRecordings() {
        String user = KEYSTONE.user(Map.of("tenant-a", List.of("reader")));
        login(user).expectStatus().isOk();
        assertThat(KEYSTONE.requests())
                .filteredOn(request -> new String(request.body(), StandardCharsets.UTF_8).contains(user))
                .singleElement()
                .satisfies(request -> assertThat(request.json())
                        .isEqualTo(Json.MAPPER.readTree(
                                "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":{\"name\":\""
                                        + user + "\",\"domain\":{\"name\":\"Default\"},\"password\":\""
                                        + StandInKeystone.PASSWORD + "\"}}},\"scope\":\"unscoped\"}}")));
    }
}
