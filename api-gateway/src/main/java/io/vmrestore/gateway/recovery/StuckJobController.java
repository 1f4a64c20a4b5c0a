package io.vmrestore.gateway.recovery;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreEvent.RedriveRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.gateway.access.Caller;
import io.vmrestore.gateway.jobs.Job;
import io.vmrestore.gateway.jobs.JobWait;
import io.vmrestore.gateway.jobs.StatusService;
import io.vmrestore.gateway.publish.EventPublisher;
import io.vmrestore.gateway.requests.Claim;
import io.vmrestore.gateway.requests.Claims;
import java.net.URI;
import java.time.Duration;
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

/** What an operator can do about a job that does not get on: ask for its work once more, or give it up. */
@RestController
final class StuckJobController {
    private final StatusService status;
    private final EventPublisher publisher;
    private final Claims claims;
    private final Duration wait;

    StuckJobController(StatusService status, EventPublisher publisher, Claims claims, GatewaySettings settings) {
        this.status = status;
        this.publisher = publisher;
        this.claims = claims;
        this.wait = settings.waits().admission();
    }

    /** @param redriveId names the request; a repeat under the same Idempotency-Key has the same */
    record Redriven(UUID jobId, JobStatus status, UUID redriveId) {}

    /** @param status INTERRUPTED unless that is not known in time */
    record Interrupted(UUID jobId, JobStatus status) {}

    @PostMapping("/restore/jobs/{job_id}/redrive")
    Mono<ResponseEntity<Redriven>> redrive(
            @PathVariable("job_id") String jobId, @AuthenticationPrincipal Caller caller, ServerWebExchange exchange) {
        UUID id = Job.id(jobId);
        return claims.of("redrive " + id, "{}", _ -> UUID.randomUUID(), exchange)
                .flatMap(claim -> job(id).doOnNext(StuckJobController::requireAtWork)
                        .flatMap(job -> publisher
                                .publish(new RedriveRequested(
                                        id, job.vmId(), claim.at(), claim.subjectId(), caller.name()))
                                .thenReturn(new Redriven(id, job.status(), claim.subjectId()))))
                .map(answer -> accepted(id).body(answer));
    }

    @PostMapping(path = "/restore/jobs/{job_id}/interrupt", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Interrupted>> interrupt(
            @PathVariable("job_id") String jobId,
            @RequestBody(required = false) byte @Nullable [] body,
            @AuthenticationPrincipal Caller caller,
            ServerWebExchange exchange) {
        UUID id = Job.id(jobId);
        InterruptRequest request = InterruptRequest.read(body);
        return claims.of("interrupt " + id, request.meaning(), _ -> id, exchange)
                .flatMap(claim -> job(id).flatMap(job -> interrupted(job, claim, request, caller)))
                .map(job -> accepted(id).body(new Interrupted(id, job.status())));
    }

    /**
     * The gateway itself says that the job is over, so that this works also when dispatch does not. The job as it is if
     * this request has ended it already.
     */
    private Mono<Job> interrupted(Job job, Claim claim, InterruptRequest request, Caller caller) {
        if (job.status() == JobStatus.INTERRUPTED && job.interruptedBy(caller.name(), claim.at())) {
            return Mono.just(job);
        }
        requireNotEnded(job);
        return publisher
                .publish(new RestoreInterrupted(job.id(), job.vmId(), claim.at(), request.reason(), caller.name()))
                .then(Mono.defer(() -> status.job(job.id(), new JobWait.UntilEnded(wait))
                        // It is published by now, whether or not we can still see what became of it.
                        .onErrorComplete()))
                .defaultIfEmpty(job);
    }

    private Mono<Job> job(UUID id) {
        return status.job(id, new JobWait.Not())
                .switchIfEmpty(Mono.error(() -> Job.unknown(id).asException()));
    }

    private static void requireAtWork(Job job) {
        requireNotEnded(job);
        if (job.status() == JobStatus.PLANNED && !job.cancelling()) {
            throw job.wrongState("The plan waits for POST /restore/execute, so nothing is outstanding.")
                    .asException();
        }
    }

    private static void requireNotEnded(Job job) {
        if (job.status().terminal()) {
            throw job.wrongState("The job has ended " + job.status() + ", so there is nothing to wait for any more.")
                    .asException();
        }
    }

    private static ResponseEntity.BodyBuilder accepted(UUID id) {
        return ResponseEntity.accepted().location(URI.create("/restore/jobs/" + id));
    }
}
