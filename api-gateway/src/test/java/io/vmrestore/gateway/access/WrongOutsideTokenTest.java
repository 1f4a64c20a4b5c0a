package io.vmrestore.gateway.access;

import static io.vmrestore.gateway.access.OutsideTokens.good;
import static io.vmrestore.gateway.access.OutsideTokens.me;
import static io.vmrestore.gateway.testing.ProblemAnswer.problem;
import static io.vmrestore.gateway.testing.SharedGateway.ISSUER;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.StandInIssuer;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Tokens that look like those of the OIDC issuer outside and are not good. */
class WrongOutsideTokenTest {
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
}
