package io.vmrestore.planner.planning;

import io.vmrestore.common.contract.RestoreCommand.PlanRestore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names that plans of this process have been given and that no server shows yet. A name carries the second in which
 * its plan was asked for, so only plans of the same second can meet in one, and what is older can be forgotten.
 */
final class OpenNames {
    /** Longer than a plan command may be on its way and be repeated. */
    private static final Duration REMEMBERED = Duration.ofMinutes(15);

    private final Map<Name, Claim> claims = new ConcurrentHashMap<>();

    private record Name(String projectId, String text) {}

    private record Claim(UUID jobId, Instant requestedAt) {}

    /** The first names that neither a server nor another plan of the project has; the same again for the same plan. */
    PlanNames choose(PlanRestore command, String original, Set<String> servers) {
        claims.values()
                .removeIf(claim ->
                        claim.requestedAt().isBefore(command.requestedAt().minus(REMEMBERED)));
        PlanNames names = PlanNames.of(original, command.requestedAt());
        while (servers.contains(names.server()) || !claimed(command, names.server())) {
            names = names.next();
        }
        return names;
    }

    private boolean claimed(PlanRestore command, String name) {
        Claim own = new Claim(command.jobId(), command.requestedAt());
        Claim first = claims.putIfAbsent(new Name(command.projectId(), name), own);
        return first == null || first.jobId().equals(command.jobId());
    }
}
