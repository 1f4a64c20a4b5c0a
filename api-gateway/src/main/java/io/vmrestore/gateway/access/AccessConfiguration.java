package io.vmrestore.gateway.access;

import io.vmrestore.common.access.Permission;
import io.vmrestore.gateway.GatewaySettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import reactor.core.publisher.Mono;

/** The table of who may call what, and the security headers of every answer. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class AccessConfiguration {
    /** The page at /docs needs inline styles and images in data URLs; everything else comes from this host. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'self';"
                    + " form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    @Bean
    ReactiveJwtDecoder accessTokenDecoder(AccessTokens tokens) {
        return tokens.decoder();
    }

    @Bean
    SecurityWebFilterChain accessRules(
            ServerHttpSecurity http, GatewaySettings settings, ReactiveJwtDecoder decoder, Denials denials) {
        return http.authorizeExchange(rules -> rules.pathMatchers(
                                HttpMethod.POST,
                                "/restore/plan",
                                "/restore/execute",
                                "/restore/cancel/*",
                                "/restore/jobs/*/cancel")
                        .access(new PermissionRule(Permission.WRITE))
                        .pathMatchers("/restore/**")
                        .access(new PermissionRule(Permission.READ))
                        .pathMatchers("/auth/me")
                        .authenticated()
                        .anyExchange()
                        .permitAll())
                .oauth2ResourceServer(server -> server.authenticationEntryPoint(denials)
                        .accessDeniedHandler(denials)
                        .jwt(jwt -> jwt.jwtDecoder(decoder)
                                .jwtAuthenticationConverter(
                                        token -> Mono.just(new CallerAuthentication(AccessTokens.caller(token))))))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(denials).accessDeniedHandler(denials))
                .addFilterBefore(new FeatureSwitch(settings.enabled()), SecurityWebFiltersOrder.AUTHENTICATION)
                // Tokens travel in a header that no browser adds by itself, so there is nothing to forge across sites.
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
                .build();
    }
}
