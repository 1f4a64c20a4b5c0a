package io.vmrestore.gateway.limit;

import io.vmrestore.gateway.http.ProblemException;
import io.vmrestore.gateway.http.ProblemKind;
import io.vmrestore.gateway.jobs.AcceptedRequest;
import io.vmrestore.gateway.jobs.Claim;
import io.vmrestore.gateway.jobs.StatusService;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Lets a request past the limits, once for all repeats under its Idempotency-Key: what was let in is noted with the
 * claim before it is published, and a repeat finds the note whichever gateway it comes to.
 */
@Component
public final class Admission {
    private final StatusService status;
    private final RoomForRestores room;

    Admission(StatusService status, RoomForRestores room) {
        this.status = status;
        this.room = room;
    }

    /**
     * Publishes if there is room.
     *
     * @param publishing is subscribed to once the request is let in
     * @return fails with a {@link ProblemException}: 429 if a limit is reached, 503 if nobody can tell
     */
    public Mono<Void> publish(AcceptedRequest request, Claim claim, Mono<Void> publishing) {
        if (claim.admitted() || room.has(request)) {
            return publishing;
        }
        return Mono.defer(() -> status.active(request.projectId(), room.unknown()))
                .doOnNext(active -> room.take(request, active))
                .then(Mono.defer(() -> noted(claim)
                        .then(publishing)
                        .doOnError(_ -> room.giveBack(request))
                        // The client went away; if the request is published all the same, its job shows that soon.
                        .doOnCancel(() -> room.giveBack(request))))
                .onErrorResume(Admission::noRoom, refusal -> unlessAdmitted(claim, refusal, publishing));
    }

    private static boolean noRoom(Throwable error) {
        return error instanceof ProblemException problem && problem.problem().kind() == ProblemKind.TOO_MANY_RESTORES;
    }

    private Mono<Void> noted(Claim claim) {
        return claim.key() == null
                ? Mono.empty()
                : status.claim(claim.key(), claim.letIn()).then();
    }

    /** Another one of the same requests may have taken the last place a moment ago. */
    private Mono<Void> unlessAdmitted(Claim claim, Throwable refusal, Mono<Void> publishing) {
        return claim.key() == null
                ? Mono.error(refusal)
                : status.claim(claim.key(), claim).flatMap(held -> held.admitted() ? publishing : Mono.error(refusal));
    }
}
