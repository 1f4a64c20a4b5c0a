package io.vmrestore.support.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Issues our own tokens: JWTs signed with HS256 that name a person and which role counts where. */
public final class TokenIssuer {
    private static final MacAlgorithm ALGORITHM = MacAlgorithm.HS256;

    private final JwtEncoder encoder;
    private final InstantSource clock;

    public TokenIssuer(TokenSettings settings, InstantSource clock) {
        this.encoder = NimbusJwtEncoder.withSecretKey(settings.key())
                .algorithm(ALGORITHM)
                .build();
        this.clock = clock;
    }

    /** A token for what its holder may do where. */
    public String issue(Audience audience, String userName, Reach reach, Duration validFor) {
        return issue(audience, userName, reach, Map.of(), validFor);
    }

    /** @param more claims that only the issuer itself reads */
    public String issue(Audience audience, String userName, Reach reach, Map<String, Object> more, Duration validFor) {
        Instant now = clock.instant();
        JwtClaimsSet.Builder claims = JwtClaimsSet.builder()
                .id(UUID.randomUUID().toString())
                .issuer(ServiceToken.ISSUER)
                .audience(List.of(audience.wireName()))
                .subject(userName)
                .claim(ServiceToken.REACH_CLAIM, reach.claim())
                .issuedAt(now)
                .expiresAt(now.plus(validFor));
        reach.strongest().ifPresent(role -> claims.claim(ServiceToken.ROLE_CLAIM, role.wireName()));
        more.forEach(claims::claim);
        JwsHeader header = JwsHeader.with(ALGORITHM).type("JWT").build();
        return encoder.encode(JwtEncoderParameters.from(header, claims.build())).getTokenValue();
    }
}
