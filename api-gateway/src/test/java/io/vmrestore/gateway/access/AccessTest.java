package io.vmrestore.gateway.access;

import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.vmrestore.common.access.Role;
import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.SharedGateway;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class AccessTest {
    private static final String JOB = "/restore/jobs/0f1c9d2e-7a4b-4c1e-9f6e-2d3b4a5c6d7e";

    /** What each endpoint answers to those who may use it, when the body is an empty object and no job is known. */
    private enum Endpoint {
        ME(HttpMethod.GET, "/auth/me", null, 200),
        CONFIG(HttpMethod.GET, "/restore/config", "restore:read", 200),
        JOBS(HttpMethod.GET, "/restore/jobs?limit=x", "restore:read", 400),
        ONE_JOB(HttpMethod.GET, JOB, "restore:read", 404),
        PLAN(HttpMethod.POST, "/restore/plan", "restore:write", 400),
        EXECUTE(HttpMethod.POST, "/restore/execute", "restore:write", 400),
        CANCEL(HttpMethod.POST, "/restore/cancel/0f1c9d2e-7a4b-4c1e-9f6e-2d3b4a5c6d7e", "restore:write", 404),
        CANCEL_JOB(HttpMethod.POST, JOB + "/cancel", "restore:write", 404);

        private final HttpMethod method;
        private final String path;
        private final @Nullable String permission;
        private final int status;

        Endpoint(HttpMethod method, String path, @Nullable String permission, int status) {
            this.method = method;
            this.path = path;
            this.permission = permission;
            this.status = status;
        }

        ResponseSpec call(WebTestClient client) {
            return method == HttpMethod.GET
                    ? client.get().uri(path).exchange()
                    : client.post()
                            .uri(path)
                            .contentType(MediaType.APPLICATION_JSON)
                            .bodyValue("{}")
                            .exchange();
        }
    }

    static Stream<Arguments> everyRoleAtEveryEndpoint() {
        List<Arguments> all = new ArrayList<>();
        for (Endpoint endpoint : Endpoint.values()) {
            for (Role role : Role.values()) {
                boolean reads = endpoint.permission == null || endpoint.permission.equals("restore:read");
                boolean may = reads || role == Role.ADMIN || role == Role.SUPERADMIN;
                all.add(Arguments.of(endpoint, role, may));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("everyRoleAtEveryEndpoint")
    void letsRolesDoWhatTheyMay(Endpoint endpoint, Role role, boolean may) {
        ResponseSpec answer = endpoint.call(SharedGateway.as(newUser(), role));
        if (may) {
            answer.expectStatus().isEqualTo(endpoint.status);
            return;
        }
        answer.expectStatus()
                .isForbidden()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:missing-permission")
                .jsonPath("$.permission")
                .isEqualTo("restore:write")
                .jsonPath("$.detail")
                .isEqualTo("This needs the permission restore:write, which your role " + role.wireName()
                        + " does not have.");
    }

    @ParameterizedTest
    @EnumSource(Endpoint.class)
    void asksForATokenWhereThereIsNone(Endpoint endpoint) {
        endpoint.call(SharedGateway.anonymous())
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals("WWW-Authenticate", "Bearer realm=\"vm-restore\"")
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:unauthenticated")
                .jsonPath("$.detail")
                .isEqualTo("Send an access token in the header Authorization: Bearer <token>; POST /auth/login issues"
                        + " one. A Keystone token in the header X-Auth-Token does as well.");
    }

    static Stream<Arguments> wrongTokens() throws JOSEException {
        String invalid = "The access token is not valid; sign in again with POST /auth/login.";
        String secret = RunningGateway.SECRET;
        return Stream.of(
                Arguments.of("not a JWT", "nonsense", invalid),
                Arguments.of("algorithm none", new PlainJWT(claims().build()).serialize(), invalid),
                Arguments.of("other key", signed(JWSAlgorithm.HS256, "x" + secret, claims()), invalid),
                Arguments.of("other algorithm", signed(JWSAlgorithm.HS384, secret + secret, claims()), invalid),
                Arguments.of("other issuer", signed(JWSAlgorithm.HS256, secret, claims().issuer("someone")), invalid),
                Arguments.of("no issuer", signed(JWSAlgorithm.HS256, secret, claims().issuer(null)), invalid),
                Arguments.of("no end", signed(JWSAlgorithm.HS256, secret, claims().expirationTime(null)), invalid),
                Arguments.of("no subject", signed(JWSAlgorithm.HS256, secret, claims().subject(null)), invalid),
                Arguments.of("no role", signed(JWSAlgorithm.HS256, secret, claims().claim("role", null)), invalid),
                Arguments.of(
                        "unknown role", signed(JWSAlgorithm.HS256, secret, claims().claim("role", "root")), invalid),
                Arguments.of(
                        "several roles",
                        signed(JWSAlgorithm.HS256, secret, claims().claim("role", List.of("admin"))),
                        invalid),
                Arguments.of(
                        "not yet valid", signed(JWSAlgorithm.HS256, secret, claims().notBeforeTime(in(600))), invalid),
                Arguments.of(
                        "expired",
                        signed(JWSAlgorithm.HS256, secret, claims().expirationTime(in(-120))),
                        "The access token has expired; sign in again with POST /auth/login."));
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("vm-restore")
                .subject("olga")
                .claim("role", "superadmin")
                .expirationTime(in(600));
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static String signed(JWSAlgorithm algorithm, String secret, JWTClaimsSet.Builder claims)
            throws JOSEException {
        SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims.build());
        token.sign(new MACSigner(secret.getBytes(UTF_8)));
        return token.serialize();
    }

    private static ResponseSpec me(String token) {
        return SharedGateway.anonymous()
                .get()
                .uri("/auth/me")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongTokens")
    void refusesAToken(String what, String token, String detail) {
        me(token)
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals("WWW-Authenticate", "Bearer realm=\"vm-restore\", error=\"invalid_token\"")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:unauthenticated")
                .jsonPath("$.detail")
                .isEqualTo(detail);
    }

    @Test
    void acceptsTheTokenThatTheWrongOnesAreMadeFrom() throws JOSEException {
        me(signed(JWSAlgorithm.HS256, RunningGateway.SECRET, claims()))
                .expectStatus()
                .isOk();
    }
}
