package io.vmrestore.support.access;

import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import io.vmrestore.support.problem.ProblemWriter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.access.server.BearerTokenServerAccessDeniedHandler;
import org.springframework.security.oauth2.server.resource.web.server.BearerTokenServerAuthenticationEntryPoint;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import reactor.core.publisher.Mono;

/**
 * Lets in who asks with a token that the gateway has made for this service, in a role that carries the permission of
 * the path, in whichever project. The service says which permission by its {@link PathRules}, and asks the caller's
 * {@link Reach} about the project. Refusals have no body but the header {@code WWW-Authenticate}, unless the service
 * has beans that put them into words.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties(TokenSettings.class)
public class ServiceTokenConfiguration {

    @Bean
    ReactiveJwtDecoder serviceTokenDecoder(TokenSettings settings, Audience service) {
        return TokenCheck.decoder(settings, service);
    }

    @Bean
    SecurityWebFilterChain accessRules(
            ServerHttpSecurity http,
            PathRules rules,
            ObjectProvider<ServerAuthenticationEntryPoint> unauthenticated,
            ObjectProvider<ServerAccessDeniedHandler> forbidden) {
        ServerAuthenticationEntryPoint entryPoint =
                unauthenticated.getIfAvailable(BearerTokenServerAuthenticationEntryPoint::new);
        ServerAccessDeniedHandler denial = forbidden.getIfAvailable(BearerTokenServerAccessDeniedHandler::new);
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .authorizeExchange(exchanges -> {
                    exchanges.pathMatchers("/actuator/**").permitAll();
                    rules.applyTo(exchanges);
                    exchanges.anyExchange().authenticated();
                })
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(entryPoint).accessDeniedHandler(denial))
                .oauth2ResourceServer(server -> server.authenticationEntryPoint(entryPoint)
                        .accessDeniedHandler(denial)
                        .jwt(jwt -> jwt.jwtAuthenticationConverter(token -> Mono.just(
                                new JwtAuthenticationToken(token, Authorities.of(Reach.of(token.getClaims())))))))
                .build();
    }

    /** What Spring Security's firewall does not let in is the caller's as well, and told as such. */
    @Bean
    ServerExchangeRejectedHandler rejected(ProblemWriter problems) {
        return (exchange, _) -> problems.write(
                exchange,
                Problem.of(
                        ProblemKind.INVALID_REQUEST,
                        "The request's path, method or headers hold characters that are not allowed there."));
    }
}
