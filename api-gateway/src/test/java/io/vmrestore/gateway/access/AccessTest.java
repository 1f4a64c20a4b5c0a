package io.vmrestore.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.SharedGateway;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class AccessTest {
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
                Arguments.of(
                        "for a service behind the gateway",
                        signed(JWSAlgorithm.HS256, secret, claims().audience("status-service")),
                        invalid),
                Arguments.of(
                        "for nobody", signed(JWSAlgorithm.HS256, secret, claims().audience((String) null)), invalid),
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
                .audience("api-gateway")
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
