package io.vmrestore.gateway.access;

import static io.vmrestore.gateway.testing.SharedGateway.ISSUER;

import com.nimbusds.jwt.JWTClaimsSet;
import io.vmrestore.gateway.testing.SharedGateway;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Tokens of an OIDC issuer outside, and how a gateway answers to them. */
final class OutsideTokens {
    private OutsideTokens() {}

    /** Claims that would give the strongest role. */
    static JWTClaimsSet.Builder good() {
        return ISSUER.claims("olga").claim("roles", "superadmin");
    }

    /** How a gateway answers whoever bears this token. */
    static ResponseSpec me(WebTestClient client, String token) {
        return client.get()
                .uri("/auth/me")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }

    static ResponseSpec me(String token) {
        return me(SharedGateway.anonymous(), token);
    }
}
