package io.vmrestore.support.access;

import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
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
     * Accepts only what {@link TokenIssuer} makes: this algorithm, key and issuer, an end of validity, a name, a known
     * role.
     */
    public static ReactiveJwtDecoder decoder(TokenSettings settings) {
        JwtTimestampValidator times = new JwtTimestampValidator();
        times.setAllowEmptyExpiryClaim(false);
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withSecretKey(settings.key())
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<Jwt>(
                times,
                new JwtIssuerValidator(ServiceToken.ISSUER),
                new JwtClaimValidator<String>(JwtClaimNames.SUB, name -> name != null && !name.isEmpty()),
                new JwtClaimValidator<Object>(
                        ServiceToken.ROLE_CLAIM,
                        role -> role instanceof String name
                                && Role.ofWireName(name).isPresent())));
        return decoder;
    }
}
