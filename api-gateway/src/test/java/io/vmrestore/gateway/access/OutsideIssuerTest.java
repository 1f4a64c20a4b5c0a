package io.vmrestore.gateway.access;

import static io.vmrestore.gateway.access.OutsideTokens.good;
import static io.vmrestore.gateway.access.OutsideTokens.me;
import static io.vmrestore.gateway.testing.ProblemAnswer.problem;
import static io.vmrestore.gateway.testing.ProblemAnswer.problemMatching;
import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.StandInIssuer;
import io.vmrestore.support.access.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Callers with a token of an OIDC issuer outside. */
class OutsideIssuerTest {
    private final String user = newUser();

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
}
