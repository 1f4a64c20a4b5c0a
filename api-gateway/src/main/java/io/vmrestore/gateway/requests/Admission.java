package io.vmrestore.gateway.requests;

import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.gateway.jobs.Job;
import io.vmrestore.gateway.publish.EventPublisher;
import io.vmrestore.gateway.upstream.StatusUpstream;
import io.vmrestore.support.api.AdmissionAnswer;
import io.vmrestore.support.api.AdmissionQuestion;
import io.vmrestore.support.api.RequestsApi;
import io.vmrestore.support.problem.ProblemException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Lets requests in that put a restore to work. One question to the status service tells what the request stands for,
 * the job that it is about and whether there is room. What is let in is noted with its claim before it is published, so
 * a repeat is never refused for want of room, whichever gateway it comes to.
 */
@Component
public final class Admission {
    private final StatusUpstream service;
    private final RequestsApi requests;
    private final Claims claims;
    private final RoomForRestores room;
    private final EventPublisher publisher;

    Admission(StatusUpstream service, Claims claims, RoomForRestores room, EventPublisher publisher) {
        this.service = service;
        this.requests = service.questions(RequestsApi.class);
        this.claims = claims;
        this.room = room;
        this.publisher = publisher;
    }

    /**
     * A request as it is known.
     *
     * @param job as it is now; empty if there is none
     */
    public record Found(Claim claim, Optional<Job> job) {}

    /**
     * Lets a request for a plan in.
     *
     * @param judge what is to be published for it; empty if nothing is left to do, which needs no room. A
     *     {@link ProblemException} refuses it.
     * @return the request, once its event is acknowledged; fails with a {@link ProblemException}: 422 if the key stands
     *     for another request, 429 if a limit is reached, 503 if nobody can tell or the event is not acknowledged
     */
    public Mono<Found> ofPlan(Claim wanted, String projectId, Function<Found, Optional<RestoreEvent>> judge) {
        return admitted(wanted, null, projectId, judge);
    }

    /** Lets a request to execute a plan in, in the same way. */
    public Mono<Found> ofExecution(Claim wanted, UUID planId, Function<Found, Optional<RestoreEvent>> judge) {
        return admitted(wanted, planId, null, judge);
    }

    private Mono<Found> admitted(
            Claim wanted,
            @Nullable UUID planId,
            @Nullable String projectId,
            Function<Found, Optional<RestoreEvent>> judge) {
        return Mono.defer(() -> {
            RoomForRestores.Place place = room.take(request(wanted, planId, projectId));
            AdmissionQuestion question = new AdmissionQuestion(
                    claims.sent(wanted), planId, projectId, room.limits(), place.named(), place.others());
            return service.told(requests.admit(question))
                    .flatMap(answer -> decided(answer, wanted, question, place, judge))
                    .doOnError(_ -> place.giveBack())
                    // The client went away; if the request is published all the same, its job shows that soon.
                    .doOnCancel(place::giveBack);
        });
    }

    private Mono<Found> decided(
            AdmissionAnswer answer,
            Claim wanted,
            AdmissionQuestion question,
            RoomForRestores.Place place,
            Function<Found, Optional<RestoreEvent>> judge) {
        Claim held = Claims.held(wanted, answer.claim());
        room.shown(answer.shown());
        Optional<Job> job = Optional.ofNullable(answer.job()).map(Job::new);
        Found found = new Found(held, job);
        Optional<RestoreEvent> event = judge.apply(found);
        if (event.isEmpty()) {
            place.giveBack();
            return Mono.just(found);
        }
        String projectId =
                question.projectId() == null ? job.map(Job::projectId).orElse("") : question.projectId();
        place.is(request(held, question.planId(), projectId));
        Mono<Void> publishing = publisher.publish(event.get());
        return (answer.admitted()
                        ? publishing
                        : unlessAdmitted(held, room.none(answer, projectId).asException(), publishing))
                .thenReturn(found);
    }

    /** Another one of the same requests may have taken the last place a moment ago. */
    private Mono<Void> unlessAdmitted(Claim claim, ProblemException refusal, Mono<Void> publishing) {
        return claim.key() == null
                ? Mono.error(refusal)
                : claims.held(claim).flatMap(held -> held.admitted() ? publishing : Mono.error(refusal));
    }

    private static AcceptedRequest request(Claim claim, @Nullable UUID planId, @Nullable String projectId) {
        return planId == null
                ? new AcceptedRequest(claim.subjectId(), null, projectId)
                : new AcceptedRequest(planId, claim.subjectId(), projectId);
    }
}
