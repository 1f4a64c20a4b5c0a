package io.vmrestore.status.access;

import io.vmrestore.status.problem.Refusals;
import io.vmrestore.support.access.Audience;
import io.vmrestore.support.access.MissingPermissionException;
import io.vmrestore.support.access.PathRule;
import io.vmrestore.support.access.PathRules;
import io.vmrestore.support.access.Permission;
import io.vmrestore.support.access.ServiceTokenConfiguration;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import io.vmrestore.support.problem.ProblemWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;

/** Who may read restores, claim requests and rebuild the tables, and what the others are told. */
@Configuration(proxyBeanMethods = false)
@Import(ServiceTokenConfiguration.class)
class AccessConfiguration {

    @Bean
    Audience audience() {
        return Audience.STATUS;
    }

    @Bean
    PathRules pathRules() {
        return PathRules.of(
                PathRule.any(Permission.OPERATE, "/internal/rebuild"),
                PathRule.post(Permission.WRITE, "/internal/**"),
                PathRule.any(Permission.READ, "/internal/**"));
    }

    @Bean
    ServerAuthenticationEntryPoint unauthenticated(ProblemWriter problems) {
        return (exchange, _) -> problems.write(
                exchange,
                Refusals.unauthenticated("A valid Bearer token is required: sign in again at POST /auth/login"));
    }

    @Bean
    ServerAccessDeniedHandler forbidden(ProblemWriter problems) {
        return (exchange, denial) -> problems.write(
                exchange,
                Problem.of(
                        ProblemKind.MISSING_PERMISSION,
                        denial instanceof MissingPermissionException missing
                                ? "Permission " + missing.permission().wireName()
                                        + " is missing: the token's role does not carry it"
                                : "The token's role does not allow this"));
    }
}
