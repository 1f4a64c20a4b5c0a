package io.vmrestore.status.access;

import io.vmrestore.status.StatusSettings;
import io.vmrestore.status.problem.Refusals;
import io.vmrestore.support.access.Permission;
import io.vmrestore.support.access.ServiceToken;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import io.vmrestore.support.problem.ProblemWriter;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Lets in who bears a token of the gateway whose role may read restores, or change them where something is claimed. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {
    @Bean
    ReactiveJwtDecoder jwtDecoder(StatusSettings settings) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withSecretKey(
                        ServiceToken.key(settings.jwtSecret()))
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
        decoder.setJwtValidator(JwtValidators.createDefaultWithIssuer(ServiceToken.ISSUER));
        return decoder;
    }

    @Bean
    SecurityWebFilterChain securityFilterChain(ServerHttpSecurity http, ProblemWriter problems) {
        ServerAuthenticationEntryPoint unauthorized = (exchange, _) -> problems.write(
                exchange,
                Refusals.unauthenticated("A valid Bearer token is required: sign in again at POST /auth/login"));
        ServerAccessDeniedHandler forbidden = (exchange, _) -> problems.write(
                exchange,
                Problem.of(
                        ProblemKind.MISSING_PERMISSION,
                        "Permission " + wanted(exchange).wireName()
                                + " is missing: the token's role does not carry it"));
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .authorizeExchange(exchange -> exchange.pathMatchers("/actuator/**")
                        .permitAll()
                        .pathMatchers("/internal/rebuild")
                        .hasAuthority(Permission.OPERATE.wireName())
                        .pathMatchers(HttpMethod.POST, "/internal/**")
                        .hasAuthority(Permission.WRITE.wireName())
                        .pathMatchers("/internal/**")
                        .hasAuthority(Permission.READ.wireName())
                        .anyExchange()
                        .authenticated())
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(unauthorized).accessDeniedHandler(forbidden))
                .oauth2ResourceServer(server -> server.authenticationEntryPoint(unauthorized)
                        .accessDeniedHandler(forbidden)
                        .jwt(jwt -> jwt.jwtAuthenticationConverter(token -> Mono.just(authentication(token)))))
                .build();
    }

    private static Permission wanted(ServerWebExchange exchange) {
        if (exchange.getRequest().getPath().value().equals("/internal/rebuild")) {
            return Permission.OPERATE;
        }
        return exchange.getRequest().getMethod() == HttpMethod.POST ? Permission.WRITE : Permission.READ;
    }

    private static AbstractAuthenticationToken authentication(Jwt token) {
        List<SimpleGrantedAuthority> authorities =
                ServiceToken.permissions(token.getClaimAsString(ServiceToken.ROLE_CLAIM)).stream()
                        .map(Permission::wireName)
                        .map(SimpleGrantedAuthority::new)
                        .toList();
        return new JwtAuthenticationToken(token, authorities);
    }
}
