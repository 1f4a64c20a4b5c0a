package io.vmrestore.gateway.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.gateway.testing.StandInServer.Request;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/** An OIDC issuer as far as a resource server sees it: its discovery document and its keys. */
public final class StandInIssuer implements AutoCloseable {
    public static final String AUDIENCE = "vm-restore-api";

    private final StandInServer server = new StandInServer(this::answer);
    private final RSAKey key = key("first");
    private volatile boolean away;

    /** A new RSA key pair. */
    public static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public RSAKey key() {
        return key;
    }

    /** The issuer's name, which is where discovery begins. */
    public String location() {
        return server.url();
    }

    /** From now on every question is answered with 503, or no longer. */
    public void away(boolean now) {
        away = now;
    }

    /** The claims of a good token, to be completed by its role. */
    public JWTClaimsSet.Builder claims(String user) {
        return new JWTClaimsSet.Builder()
                .issuer(location())
                .audience(AUDIENCE)
                .subject(user)
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
    }

    /** A token with these claims, signed with the issuer's key. */
    public String token(JWTClaimsSet.Builder claims) {
        return token(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()), key, claims);
    }

    public static String token(JWSHeader.Builder header, RSAKey key, JWTClaimsSet.Builder claims) {
        try {
            SignedJWT token = new SignedJWT(header.build(), claims.build());
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer answer(Request request) {
        if (away) {
            return new Answer(503, Map.of(), "");
        }
        return switch (request.uri().getPath()) {
            case "/.well-known/openid-configuration" ->
                Answer.json(
                        200,
                        Map.of(
                                "issuer",
                                location(),
                                "jwks_uri",
                                location() + "/keys",
                                "subject_types_supported",
                                new String[] {"public"}));
            case "/keys" -> Answer.json(200, new JWKSet(key.toPublicJWK()).toJSONObject());
            default -> new Answer(404, Map.of(), "");
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
