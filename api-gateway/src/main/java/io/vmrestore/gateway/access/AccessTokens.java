package io.vmrestore.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.support.access.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.stereotype.Component;

/** Issues our own access tokens, JWTs signed with HS256, and says how they are checked. */
@Component
public final class AccessTokens {
    static final String ROLE_CLAIM = "role";

    static final String ISSUER = "vm-restore";
    private static final MacAlgorithm ALGORITHM = MacAlgorithm.HS256;

    private final SecretKey key;
    private final Duration lifetime;
    private final Clock clock;
    private final JwtEncoder encoder;

    public AccessTokens(GatewaySettings settings, Clock clock) {
        this.key = new SecretKeySpec(settings.tokens().secret().getBytes(UTF_8), "HmacSHA256");
        this.lifetime = settings.tokens().lifetime();
        this.clock = clock;
        this.encoder = NimbusJwtEncoder.withSecretKey(key).algorithm(ALGORITHM).build();
    }

    /** How long a token issued now is valid. */
    public Duration lifetime() {
        return lifetime;
    }

    public String issue(String userName, Role role) {
        return issue(userName, role, lifetime);
    }

    String issue(String userName, Role role, Duration validFor) {
        Instant now = clock.instant();
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .id(UUID.randomUUID().toString())
                .issuer(ISSUER)
                .subject(userName)
                .claim(ROLE_CLAIM, role.wireName())
                .issuedAt(now)
                .expiresAt(now.plus(validFor))
                .build();
        JwsHeader header = JwsHeader.with(ALGORITHM).type("JWT").build();
        return encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
    }

    /** Accepts only what {@link #issue} makes: this algorithm, key and issuer, an end of validity, a known role. */
    ReactiveJwtDecoder decoder() {
        JwtTimestampValidator times = new JwtTimestampValidator();
        times.setAllowEmptyExpiryClaim(false);
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withSecretKey(key)
                .macAlgorithm(ALGORITHM)
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<Jwt>(
                times,
                new JwtIssuerValidator(ISSUER),
                new JwtClaimValidator<String>(JwtClaimNames.SUB, name -> name != null && !name.isEmpty()),
                new JwtClaimValidator<Object>(
                        ROLE_CLAIM,
                        role -> role instanceof String name
                                && Role.ofWireName(name).isPresent())));
        return decoder;
    }

    /** The person named by a token that {@link #decoder} has accepted. */
    static Caller caller(Jwt token) {
        Role role = Optional.ofNullable(token.getClaimAsString(ROLE_CLAIM))
                .flatMap(Role::ofWireName)
                .orElseThrow();
        return new Caller(Objects.requireNonNull(token.getSubject()), role);
    }
}
