package io.vmrestore.status.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vmrestore.support.access.Audience;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import io.vmrestore.support.access.TokenIssuer;
import io.vmrestore.support.access.TokenSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/** Tokens as the gateway issues them, by default with a role that counts for every project. */
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
        return issued(caller, Reach.within(project, Role.ADMIN));
    }

    /** A token of somebody who reaches that. */
    public static String of(Reach reach) {
        return issued("alice", reach);
    }

    private static String issued(String caller, Reach reach) {
        return new TokenIssuer(new TokenSettings(StatusService.SECRET, Duration.ZERO), Clock.systemUTC())
                .issue(Audience.STATUS, caller, reach, Duration.ofMinutes(10));
    }

    /** A token as those of the release before, which did not say where the role counts. */
    public static String withoutReach(String role) {
        return signed(
                new JWTClaimsSet.Builder()
                        .audience("status-service")
                        .issuer("vm-restore")
                        .subject("alice")
                        .claim("role", role)
                        .expirationTime(Date.from(Instant.now().plusSeconds(600))),
                StatusService.SECRET);
    }

    /** A token that is right but for whom it is meant. */
    public static String forAudience(String audience) {
        return signed(
                new JWTClaimsSet.Builder()
                        .audience(audience)
                        .issuer("vm-restore")
                        .subject("alice")
                        .claim("role", "superadmin")
                        .claim("reach", Map.of("everywhere", "superadmin"))
                        .expirationTime(Date.from(Instant.now().plusSeconds(600))),
                StatusService.SECRET);
    }

    public static String of(String role, String secret, String issuer, Instant expires) {
        return of(role, "alice", secret, issuer, expires);
    }

    private static String of(String role, String caller, String secret, String issuer, Instant expires) {
        return signed(
                new JWTClaimsSet.Builder()
                        .audience("status-service")
                        .issuer(issuer)
                        .subject(caller)
                        .claim("role", role)
                        .claim("reach", Map.of("everywhere", role))
                        .expirationTime(Date.from(expires)),
                secret);
    }

    private static String signed(JWTClaimsSet.Builder claims, String secret) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
            token.sign(new MACSigner(secret.getBytes(UTF_8)));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
