package io.vmrestore.support.access;

import java.util.List;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;

/** The paths of a service, each with the permission that it needs; the first that fits decides. */
public record PathRules(List<PathRule> rules) {

    /** Keeps its own copy. */
    public PathRules {
        rules = List.copyOf(rules);
    }

    public static PathRules of(PathRule... rules) {
        return new PathRules(List.of(rules));
    }

    /** Makes them rules of Spring Security. */
    public void applyTo(AuthorizeExchangeSpec exchanges) {
        rules.forEach(rule -> exchanges
                .pathMatchers(rule.method(), rule.patterns().toArray(String[]::new))
                .access(new PermissionRule(rule.permission())));
    }
}
