package io.vmrestore.planner.access;

import io.vmrestore.planner.PlannerSettings;
import io.vmrestore.support.access.Permission;
import io.vmrestore.support.access.ServiceToken;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import reactor.core.publisher.Mono;

/**
 * Lets in who asks with a token of the gateway in a role that may read. Refusals have no body but the header
 * {@code WWW-Authenticate}: the gateway puts them into words.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class AccessConfiguration {

    @Bean
    ReactiveJwtDecoder serviceTokenDecoder(PlannerSettings settings) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withSecretKey(
                        ServiceToken.key(settings.jwtSecret()))
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
        decoder.setJwtValidator(JwtValidators.createDefaultWithIssuer(ServiceToken.ISSUER));
        return decoder;
    }

    @Bean
    SecurityWebFilterChain accessRules(ServerHttpSecurity http) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .authorizeExchange(exchange -> exchange.pathMatchers("/actuator/**")
                        .permitAll()
                        .anyExchange()
                        .hasAuthority(Permission.READ.wireName()))
                .oauth2ResourceServer(server ->
                        server.jwt(jwt -> jwt.jwtAuthenticationConverter(token -> Mono.just(new JwtAuthenticationToken(
                                token,
                                ServiceToken.permissions(token.getClaimAsString(ServiceToken.ROLE_CLAIM)).stream()
                                        .map(permission -> new SimpleGrantedAuthority(permission.wireName()))
                                        .toList())))))
                .build();
    }
}
