package io.vmrestore.gateway.access;

import static io.vmrestore.gateway.testing.ProblemAnswer.problem;
import static io.vmrestore.gateway.testing.ProblemAnswer.problemMatching;
import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.ISSUER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.gateway.testing.StandInIssuer;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.support.access.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Callers with a token of an OIDC issuer outside. */
class OutsideIssuerTest {
    private static final String JOB_ID = "019aac3e-77a0-7c3b-9d0e-5f1c2b3a4d5e";

    private final String user = newUser();

    private static ResponseSpec me(WebTestClient client, String token) {
        return client.get()
                .uri("/auth/me")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }

    private static ResponseSpec me(String token) {
        return me(SharedGateway.anonymous(), token);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "viewer | viewer",
                "Superadmin | superadmin",
                "offline_access, operator, admin | admin",
                "admin, viewer | admin"
            })
    void haveTheStrongestOfTheirRoles(String roles, String role) {
        List<String> list = Arrays.asList(roles.split(", "));
        List<Object> forms = new ArrayList<>(List.of(list));
        if (list.size() == 1) {
            forms.add(roles);
        }
        for (Object form : forms) {
            me(ISSUER.token(ISSUER.claims(user).claim("roles", form)))
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.username")
                    .isEqualTo(user)
                    .jsonPath("$.role")
                    .isEqualTo(role);
        }
    }

    @Test
    void mayBearTokensOfTheTypeForAccessTokens() {
        JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.PS384)
                .keyID(ISSUER.key().getKeyID())
                .type(new JOSEObjectType("at+jwt"));
        // The key set names no algorithm, so all of the key's family are allowed.
        me(StandInIssuer.token(header, ISSUER.key(), ISSUER.claims(user).claim("roles", "admin")))
                .expectStatus()
                .isOk();
    }

    static Stream<Arguments> rolesThatGiveNone() {
        return Stream.of(
                Arguments.of((Object) null),
                Arguments.of(List.of()),
                Arguments.of("root"),
                Arguments.of("admin viewer"),
                Arguments.of(List.of(1, Map.of("admin", true))),
                Arguments.of(true),
                Arguments.of(Map.of("admin", "admin")));
    }

    @ParameterizedTest
    @MethodSource("rolesThatGiveNone")
    void areTurnedAwayWithoutARole(Object roles) {
        problem(
                me(ISSUER.token(ISSUER.claims(user).claim("roles", roles))),
                403,
                "no-role",
                "The access token of " + user + " is valid, but its claim roles holds nothing that"
                        + " RESTORE_JWT_ROLE_MAPPING gives a role here. Ask an administrator for one.");
    }

    static Stream<Arguments> wrongTokens() throws JOSEException {
        String invalid = "The access token is not valid; sign in again with POST /auth/login.";
        RSAKey stranger = StandInIssuer.key(ISSUER.key().getKeyID());
        JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("first");
        return Stream.of(
                Arguments.of("algorithm none", new PlainJWT(good().build()).serialize(), invalid),
                Arguments.of("another's key", StandInIssuer.token(header, stranger, good()), invalid),
                Arguments.of(
                        "an unknown key",
                        StandInIssuer.token(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("x"), stranger, good()),
                        invalid),
                Arguments.of(
                        "public key as secret",
                        mac(ISSUER.key().toRSAPublicKey().getEncoded()),
                        invalid),
                Arguments.of("our own secret", mac(RunningGateway.SECRET.getBytes(UTF_8)), invalid),
                Arguments.of("changed claims", tampered(), invalid),
                Arguments.of("other issuer", ISSUER.token(good().issuer(ISSUER.location() + "/")), invalid),
                Arguments.of("our own issuer", ISSUER.token(good().issuer("vm-restore")), invalid),
                Arguments.of("no issuer", ISSUER.token(good().issuer(null)), invalid),
                Arguments.of("other audience", ISSUER.token(good().audience("grafana")), invalid),
                Arguments.of("no audience", ISSUER.token(good().audience((String) null)), invalid),
                Arguments.of("no name", ISSUER.token(good().subject(null)), invalid),
                Arguments.of("a name too long to store", ISSUER.token(good().subject("x".repeat(256))), invalid),
                Arguments.of("a name with control characters", ISSUER.token(good().subject("ol\0ga")), invalid),
                Arguments.of("no end", ISSUER.token(good().expirationTime(null)), invalid),
                Arguments.of("not yet valid", ISSUER.token(good().notBeforeTime(in(600))), invalid),
                Arguments.of(
                        "expired",
                        ISSUER.token(good().expirationTime(in(-120))),
                        "The access token has expired; sign in again with POST /auth/login."));
    }

    private static JWTClaimsSet.Builder good() {
        return ISSUER.claims("olga").claim("roles", "superadmin");
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static String mac(byte[] secret) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), good().build());
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    private static String tampered() {
        String[] parts = ISSUER.token(good()).split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("olga", "root");
        return parts[0] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8)) + "."
                + parts[2];
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongTokens")
    void areTurnedAwayWithAWrongToken(String what, String token, String detail) {
        ResponseSpec answer = me(token);
        answer.expectHeader().valueEquals("WWW-Authenticate", "Bearer realm=\"vm-restore\", error=\"invalid_token\"");
        problem(answer, 401, "unauthenticated", detail);
    }

    @Test
    void areServedAsSoonAsTheIssuerIsAndByClaimsOfChoice() {
        try (StandInIssuer issuer = new StandInIssuer();
                RunningGateway gateway = new RunningGateway(
                        "OS_AUTH_URL=http://127.0.0.1:9/v3",
                        "KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:9",
                        "RESTORE_JWT_ISSUER=" + issuer.location(),
                        "RESTORE_JWT_AUDIENCE=" + StandInIssuer.AUDIENCE,
                        "RESTORE_JWT_NAME_CLAIM=preferred_username",
                        "RESTORE_JWT_ROLE_CLAIM=realm_access.roles",
                        "RESTORE_JWT_ROLE_MAPPING=restore-operators=operator")) {
            String token = issuer.token(issuer.claims("f7a1")
                    .claim("preferred_username", "olga")
                    .claim("realm_access", Map.of("roles", List.of("restore-operators", "superadmin"))));
            issuer.away(true);
            ResponseSpec answer = me(gateway.anonymous(), token);
            answer.expectHeader().valueEquals("Retry-After", "5");
            problemMatching(
                    answer,
                    503,
                    "token-check-unavailable",
                    "The issuer of the access token \\(RESTORE_JWT_ISSUER\\) cannot be asked for its keys at the moment"
                            + " \\(it answered 503\\); try again\\. Check that the issuer's .*");
            gateway.as("anna", Role.ADMIN)
                    .get()
                    .uri("/auth/me")
                    .exchange()
                    .expectStatus()
                    .isOk();

            issuer.away(false);
            me(gateway.anonymous(), token)
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .json("{\"username\":\"olga\",\"role\":\"operator\",\"permissions\":[\"restore:read\"]}");

            // Known keys are good while the issuer is away.
            issuer.away(true);
            me(gateway.anonymous(), token).expectStatus().isOk();
        }
    }

    @Test
    void areNotKnownWithoutTheSetting() {
        try (RunningGateway gateway =
                new RunningGateway("OS_AUTH_URL=http://127.0.0.1:9/v3", "KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:9")) {
            problem(
                    me(gateway.anonymous(), ISSUER.token(good())),
                    401,
                    "unauthenticated",
                    "The access token is not valid; sign in again with POST /auth/login.");
            assertThat(gateway.context().getBean(OutsideIssuer.class).issues(""))
                    .isFalse();
        }
    }

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
