package io.vmrestore.gateway.inventory;

import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** Bounds how many wait for one project's inventory, so that a project whose cloud is slow leaves room for others. */
final class Crowd {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final int most;
    private final Map<String, Integer> waiting = new ConcurrentHashMap<>();

    /** @param most that may wait for one project */
    Crowd(int most) {
        this.most = most;
    }

    /** The answer, or 503 with Retry-After if too many wait for the same project. */
    <T> Mono<T> joins(String project, Mono<T> answer) {
        return Mono.defer(() -> {
            if (waiting.merge(project, 1, Integer::sum) > most) {
                leave(project);
                return Mono.error(Problem.of(
                                ProblemKind.INVENTORY_UNAVAILABLE,
                                most + " requests wait already for what there is in project " + project
                                        + ", which its part of the cloud is slow to tell; try again.")
                        .retryAfter(RETRY_AFTER)
                        .asException());
            }
            return answer.doFinally(_ -> leave(project));
        });
    }

    /** How many projects are waited for. */
    int projects() {
        return waiting.size();
    }

    private void leave(String project) {
        waiting.computeIfPresent(project, (_, number) -> number == 1 ? null : number - 1);
    }
}
