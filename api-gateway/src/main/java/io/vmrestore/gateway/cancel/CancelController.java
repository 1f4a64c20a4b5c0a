package io.vmrestore.gateway.cancel;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.gateway.access.Caller;
import io.vmrestore.gateway.jobs.Job;
import io.vmrestore.gateway.jobs.JobWait;
import io.vmrestore.gateway.jobs.StatusService;
import io.vmrestore.gateway.publish.EventPublisher;
import io.vmrestore.gateway.requests.Claim;
import io.vmrestore.gateway.requests.Claims;
import io.vmrestore.support.access.Permission;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Takes requests to cancel a job: publishes them and waits a moment for what dispatch makes of them. */
@RestController
final class CancelController {
    private final StatusService status;
    private final EventPublisher publisher;
    private final Claims claims;
    private final Duration decisionWait;
    private final Clock clock;

    CancelController(
            StatusService status, EventPublisher publisher, Claims claims, GatewaySettings settings, Clock clock) {
        this.status = status;
        this.publisher = publisher;
        this.claims = claims;
        this.decisionWait = settings.waits().admission();
        this.clock = clock;
    }

    /** @param status the job's last known one; CANCELLED once everything is tidied up */
    record Accepted(UUID jobId, JobStatus status) {}

    @PostMapping(
            path = {"/restore/cancel/{job_id}", "/restore/jobs/{job_id}/cancel"},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Accepted>> cancel(
            @PathVariable("job_id") String jobId,
            @RequestBody(required = false) byte @Nullable [] body,
            @AuthenticationPrincipal Caller caller,
            ServerWebExchange exchange) {
        UUID id = Job.id(jobId);
        CancelRequest request = CancelRequest.read(body);
        // The two paths mean the same, so a request may be repeated at the other one.
        return claims.of("cancel " + id, request.meaning(), _ -> id, exchange)
                .flatMap(claim -> status.job(id, new JobWait.Not())
                        .switchIfEmpty(Mono.error(() -> Job.unknown(id).asException()))
                        .doOnNext(job -> caller.require(Permission.WRITE, job.projectId()))
                        .flatMap(job -> cancelled(job, claim, request, caller)))
                .map(job -> ResponseEntity.accepted()
                        .location(URI.create("/restore/jobs/" + id))
                        .body(new Accepted(id, job.status())));
    }

    /** The job as it is if dispatch follows this request already, or another one. */
    private Mono<Job> cancelled(Job job, Claim claim, CancelRequest request, Caller caller) {
        if (job.cancelledBy(caller.name(), claim.at())) {
            return Mono.just(job);
        }
        CancellationRules.requireCancellable(job);
        if (job.cancelling()) {
            return Mono.just(job);
        }
        return publisher
                .publish(new CancellationRequested(
                        job.id(),
                        job.vmId(),
                        claim.at(),
                        caller.name(),
                        request.reason(),
                        cancellationId(job, claim, request, caller)))
                .then(Mono.defer(() -> decision(job, clock.instant().plus(decisionWait))))
                .doOnNext(CancellationRules::requireCancelled)
                .defaultIfEmpty(job);
    }

    /** The same for a repeat of this very request, and another one for every other. */
    private static UUID cancellationId(Job job, Claim claim, CancelRequest request, Caller caller) {
        String told = String.join(
                "\n", job.id().toString(), claim.at().toString(), caller.name(), String.valueOf(request.reason()));
        return UUID.nameUUIDFromBytes(told.getBytes(StandardCharsets.UTF_8));
    }

    /** The job once dispatch has decided; empty if that is not known in time: the request is accepted all the same. */
    private Mono<Job> decision(Job seen, Instant until) {
        Duration left = Duration.between(clock.instant(), until);
        if (left.toMillis() < 1) {
            return Mono.empty();
        }
        return status.job(seen.id(), new JobWait.UntilChanged(seen.version(), left))
                .flatMap(job -> CancellationRules.decided(job) ? Mono.just(job) : decision(job, until))
                .onErrorComplete();
    }
}
