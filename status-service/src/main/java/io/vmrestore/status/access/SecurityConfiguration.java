package io.vmrestore.status.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vmrestore.common.access.Permission;
import io.vmrestore.common.access.Role;
import io.vmrestore.status.StatusSettings;
import io.vmrestore.status.problem.ProblemKind;
import io.vmrestore.status.problem.ProblemWriter;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
import reactor.core.publisher.Mono;

/** Lets in who bears a token of the gateway whose role may read restores. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {
    private static final String ISSUER = "vm-restore";
    private static final String ROLE = "role";

    @Bean
    ReactiveJwtDecoder jwtDecoder(StatusSettings settings) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withSecretKey(
                        new SecretKeySpec(settings.jwtSecret().getBytes(UTF_8), "HmacSHA256"))
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
        decoder.setJwtValidator(JwtValidators.createDefaultWithIssuer(ISSUER));
        return decoder;
    }

    @Bean
    SecurityWebFilterChain securityFilterChain(ServerHttpSecurity http, ProblemWriter problems) {
        ServerAuthenticationEntryPoint unauthorized = (exchange, _) -> problems.write(
                exchange,
                ProblemKind.UNAUTHORIZED,
                "A valid Bearer token is required: sign in again at POST /auth/login");
        ServerAccessDeniedHandler forbidden = (exchange, _) -> problems.write(
                exchange,
                ProblemKind.FORBIDDEN,
                "Permission " + Permission.READ.wireName() + " is missing: the token's role does not carry it");
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .authorizeExchange(exchange -> exchange.pathMatchers("/actuator/**")
                        .permitAll()
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

    private static AbstractAuthenticationToken authentication(Jwt token) {
        List<SimpleGrantedAuthority> authorities = Optional.ofNullable(token.getClaimAsString(ROLE))
                .flatMap(Role::ofWireName)
                .map(role -> role.permissions().stream()
                        .map(Permission::wireName)
                        .map(SimpleGrantedAuthority::new)
                        .toList())
                .orElse(List.of());
        return new JwtAuthenticationToken(token, authorities);
    }
}
