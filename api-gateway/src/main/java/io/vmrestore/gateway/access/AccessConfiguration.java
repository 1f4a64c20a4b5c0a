package io.vmrestore.gateway.access;

import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.support.access.Audience;
import io.vmrestore.support.access.PathRule;
import io.vmrestore.support.access.PathRules;
import io.vmrestore.support.access.Permission;
import io.vmrestore.support.access.ServiceToken;
import io.vmrestore.support.access.TokenCheck;
import io.vmrestore.support.access.TokenSettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ReactiveAuthenticationManagerResolver;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtIssuerReactiveAuthenticationManagerResolver;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.ServerAuthenticationEntryPointFailureHandler;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.util.matcher.OrServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The table of who may call what in some project, and the security headers of every answer. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties(RoleSettings.class)
class AccessConfiguration {
    private static final PathRules RULES = PathRules.of(
            PathRule.post(
                    Permission.WRITE,
                    "/restore/plan",
                    "/restore/execute",
                    "/restore/cancel/*",
                    "/restore/jobs/*/cancel"),
            PathRule.any(
                    Permission.OPERATE,
                    "/restore/operations/**",
                    "/restore/jobs/*/redrive",
                    "/restore/jobs/*/interrupt"),
            PathRule.any(Permission.READ, "/restore/**"));

    /** Any valid token opens these, also one that speaks for no project; that is how one is chosen. */
    private static final String[] WITHOUT_PROJECT = {"/auth/me", "/auth/projects", "/auth/project"};

    @Bean
    ReactiveJwtDecoder accessTokenDecoder(TokenSettings settings) {
        return TokenCheck.decoder(settings, Audience.GATEWAY, TokenCheck.knownRole());
    }

    /** Who checks a token: Keystone, or whoever issued the JWT. */
    @Bean
    ReactiveAuthenticationManagerResolver<ServerWebExchange> tokenChecks(
            ReactiveJwtDecoder decoder, AccessTokens tokens, KeystoneTokens keystone, OutsideIssuer outside) {
        JwtReactiveAuthenticationManager own = new JwtReactiveAuthenticationManager(decoder);
        own.setJwtAuthenticationConverter(token -> Mono.just(new CallerAuthentication(tokens.caller(token))));
        JwtIssuerReactiveAuthenticationManagerResolver byIssuer =
                new JwtIssuerReactiveAuthenticationManagerResolver(issuer -> {
                    if (issuer.equals(ServiceToken.ISSUER)) {
                        return Mono.just(own);
                    }
                    return outside.issues(issuer) ? Mono.just(outside::authenticate) : Mono.empty();
                });
        return exchange ->
                SentToken.ofKeystone(exchange) ? Mono.just(keystone::authenticate) : byIssuer.resolve(exchange);
    }

    @Bean
    SecurityWebFilterChain accessRules(
            ServerHttpSecurity http,
            GatewaySettings settings,
            ReactiveAuthenticationManagerResolver<ServerWebExchange> tokenChecks,
            Denials denials) {
        return http.authorizeExchange(exchanges -> {
                    RULES.applyTo(exchanges);
                    exchanges.pathMatchers(WITHOUT_PROJECT).authenticated();
                    exchanges.anyExchange().permitAll();
                })
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(denials).accessDeniedHandler(denials))
                .addFilterBefore(new FeatureSwitch(settings.enabled()), SecurityWebFiltersOrder.AUTHENTICATION)
                .addFilterAt(authentication(tokenChecks, denials), SecurityWebFiltersOrder.AUTHENTICATION)
                // Tokens travel in headers that no browser adds by itself, so there is nothing to forge across sites.
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .headers(headers -> headers.writer(new ContentPolicy())
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
                .build();
    }

    /** Looks at tokens only where one is needed: whoever signs in again may still send the old one. */
    private static AuthenticationWebFilter authentication(
            ReactiveAuthenticationManagerResolver<ServerWebExchange> tokenChecks, Denials denials) {
        AuthenticationWebFilter filter = new AuthenticationWebFilter(tokenChecks);
        filter.setRequiresAuthenticationMatcher(new OrServerWebExchangeMatcher(
                ServerWebExchangeMatchers.pathMatchers("/restore/**"),
                ServerWebExchangeMatchers.pathMatchers(WITHOUT_PROJECT)));
        filter.setServerAuthenticationConverter(new SentToken());
        filter.setAuthenticationFailureHandler(new ServerAuthenticationEntryPointFailureHandler(denials));
        return filter;
    }
}
