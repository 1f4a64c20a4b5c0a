package io.vmrestore.standalone.server;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/**
 * Keeps Spring Boot from configuring in one service what only another one brought onto the shared class path: a
 * database for the planner, a login page for the executor.
 */
final class ForeignAutoConfiguration {
    private static final String BOOT = "org.springframework.boot.";
    private static final List<String> DATABASE = List.of(
            BOOT + "r2dbc.",
            BOOT + "data.r2dbc.",
            BOOT + "jdbc.",
            BOOT + "flyway.",
            BOOT + "transaction.",
            BOOT + "data.");
    private static final List<String> SECURITY = List.of(BOOT + "security.");
    private static final List<String> API_DOCUMENTATION = List.of("org.springdoc.");

    private ForeignAutoConfiguration() {}

    /** The value of {@code spring.autoconfigure.exclude} for a service. */
    static String excludedFrom(Service service) {
        List<List<String>> foreign = switch (service) {
            case GATEWAY -> List.of(DATABASE);
            case STATUS -> List.of(API_DOCUMENTATION);
            case PLANNER -> List.of(DATABASE, API_DOCUMENTATION);
            case EXECUTOR -> List.of(DATABASE, SECURITY, API_DOCUMENTATION);
        };
        List<String> prefixes = foreign.stream().flatMap(List::stream).toList();
        var candidates =
                ImportCandidates.load(AutoConfiguration.class, ForeignAutoConfiguration.class.getClassLoader());
        return StreamSupport.stream(candidates.spliterator(), false)
                .filter(name -> prefixes.stream().anyMatch(name::startsWith))
                .collect(Collectors.joining(","));
    }
}
