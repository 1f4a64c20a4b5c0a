package io.vmrestore.status.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/** Tokens as the gateway issues them. */
public final class Tokens {
    private Tokens() {}

    public static String of(String role) {
        return of(role, StatusService.SECRET, "vm-restore", Instant.now().plusSeconds(600));
    }

    /** A token of another caller than the usual one. */
    public static String of(String role, String caller) {
        return of(
                role, caller, StatusService.SECRET, "vm-restore", Instant.now().plusSeconds(600));
    }

    /** A token of a caller who may do everything in one project. */
    public static String within(String caller, String project) {
        return of(
                new JWTClaimsSet.Builder()
                        .subject(caller)
                        .claim("role", "admin")
                        .claim("reach", Map.of("projects", Map.of(project, "admin")))
                        .issuer("vm-restore")
                        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                        .build(),
                StatusService.SECRET);
    }

    public static String of(String role, String secret, String issuer, Instant expires) {
        return of(role, "alice", secret, issuer, expires);
    }

    private static String of(String role, String caller, String secret, String issuer, Instant expires) {
        return of(
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .subject(caller)
                        .claim("role", role)
                        .expirationTime(Date.from(expires))
                        .build(),
                secret);
    }

    private static String of(JWTClaimsSet claims, String secret) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(secret.getBytes(UTF_8)));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
