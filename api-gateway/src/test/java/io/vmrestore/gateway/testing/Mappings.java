package io.vmrestore.gateway.testing;

import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.ApplicationContext;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** What a running gateway answers. */
public final class Mappings {
    private Mappings() {}

    /** Every endpoint of our own as method and path, such as {@code GET /restore/jobs/{job_id}}. */
    public static Set<String> of(ApplicationContext gateway) {
        Set<String> routes = new TreeSet<>();
        gateway.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, method) -> {
                    if (method.getBeanType().getPackageName().startsWith("io.vmrestore")) {
                        mapping.getPatternsCondition()
                                .getPatterns()
                                .forEach(pattern -> mapping.getMethodsCondition()
                                        .getMethods()
                                        .forEach(verb -> routes.add(verb + " " + pattern.getPatternString())));
                    }
                });
        return routes;
    }
}
