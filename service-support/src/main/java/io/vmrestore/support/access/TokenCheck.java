package io.vmrestore.support.access;

import java.util.ArrayList;
import java.util.List;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/** How our own tokens are checked, by the gateway and by the services behind it. */
public final class TokenCheck {
    private TokenCheck() {}

    /**
     * Accepts only what {@link TokenIssuer} makes for this audience: algorithm, key and issuer, an end of validity, a
     * name. Whether the role is known is left to who reads it: to be nobody is not the same as to be let do nothing.
     *
     * @param more what else must be right
     */
    @SafeVarargs
    public static ReactiveJwtDecoder decoder(
            TokenSettings settings, Audience audience, OAuth2TokenValidator<Jwt>... more) {
        JwtTimestampValidator times = new JwtTimestampValidator(settings.leeway());
        times.setAllowEmptyExpiryClaim(false);
        List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>(List.of(more));
        validators.add(times);
        validators.add(new JwtIssuerValidator(ServiceToken.ISSUER));
        validators.add(new JwtAudienceValidator(audience.wireName()));
        validators.add(new JwtClaimValidator<String>(JwtClaimNames.SUB, name -> name != null && !name.isEmpty()));
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withSecretKey(settings.key())
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(validators));
        return decoder;
    }

    /** Requires a role that there is, or that the token says itself that it has none yet. */
    public static OAuth2TokenValidator<Jwt> knownRole() {
        OAuth2TokenValidator<Jwt> known = new JwtClaimValidator<Object>(
                ServiceToken.ROLE_CLAIM,
                role -> role instanceof String name && Role.ofWireName(name).isPresent());
        return token -> token.hasClaim(ServiceToken.REACH_CLAIM) && !token.hasClaim(ServiceToken.ROLE_CLAIM)
                ? OAuth2TokenValidatorResult.success()
                : known.validate(token);
    }
}
