package io.vmrestore.support.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Issues our own tokens: JWTs signed with HS256 that name a person and their role. */
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

    public String issue(String userName, Role role, Duration validFor) {
        Instant now = clock.instant();
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .id(UUID.randomUUID().toString())
                .issuer(ServiceToken.ISSUER)
                .subject(userName)
                .claim(ServiceToken.ROLE_CLAIM, role.wireName())
                .issuedAt(now)
                .expiresAt(now.plus(validFor))
                .build();
        JwsHeader header = JwsHeader.with(ALGORITHM).type("JWT").build();
        return encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
    }
}
