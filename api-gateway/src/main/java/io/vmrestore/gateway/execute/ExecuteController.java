package io.vmrestore.gateway.execute;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.gateway.access.Caller;
import io.vmrestore.gateway.jobs.Job;
import io.vmrestore.gateway.jobs.JobWait;
import io.vmrestore.gateway.jobs.StatusService;
import io.vmrestore.gateway.requests.Admission;
import io.vmrestore.gateway.requests.Claim;
import io.vmrestore.gateway.requests.Claims;
import io.vmrestore.support.access.Permission;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Takes requests to execute a plan: publishes them and waits a moment for dispatch's decision. */
@RestController
final class ExecuteController {
    private final StatusService status;
    private final Claims claims;
    private final Admission admission;
    private final Duration admissionWait;

    ExecuteController(StatusService status, Claims claims, Admission admission, GatewaySettings settings) {
        this.admission = admission;
        this.status = status;
        this.claims = claims;
        this.admissionWait = settings.waits().admission();
    }

    record Accepted(UUID jobId, JobStatus status) {}

    @PostMapping(path = "/restore/execute", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Accepted>> execute(
            @RequestBody(required = false) byte @Nullable [] body,
            @AuthenticationPrincipal Caller caller,
            ServerWebExchange exchange) {
        ExecuteRequest request = ExecuteRequest.read(body);
        return admission
                .ofExecution(
                        claims.wanted("execute", request.meaning(), _ -> UUID.randomUUID(), exchange),
                        request.planId(),
                        found -> event(found, request, caller))
                .flatMap(found -> decided(found, request.planId())
                        .doOnNext(decided -> decided.ifPresent(job -> ExecutionRules.requireAdmitted(
                                job, found.claim().subjectId()))))
                .map(_ -> ResponseEntity.accepted()
                        .location(URI.create("/restore/jobs/" + request.planId()))
                        .body(new Accepted(request.planId(), JobStatus.PENDING)));
    }

    /** Nothing if dispatch has decided about an earlier request that this one repeats. */
    private static Optional<RestoreEvent> event(Admission.Found found, ExecuteRequest request, Caller caller) {
        Job job = found.job()
                .filter(known -> caller.sees(known.projectId()))
                .orElseThrow(() -> Job.unknown(request.planId()).asException());
        caller.require(Permission.WRITE, job.projectId());
        Claim claim = found.claim();
        if (ExecutionRules.decided(job, claim.subjectId())) {
            return Optional.empty();
        }
        ExecutionRules.requireExecutable(job, request, caller);
        return Optional.of(new ExecutionRequested(job.id(), job.vmId(), claim.at(), claim.subjectId(), caller.name()));
    }

    private Mono<Optional<Job>> decided(Admission.Found found, UUID planId) {
        UUID executionId = found.claim().subjectId();
        return found.job()
                .filter(job -> ExecutionRules.decided(job, executionId))
                .map(job -> Mono.just(Optional.of(job)))
                .orElseGet(() -> decision(planId, executionId));
    }

    /** Empty if it is not known in time: the request is accepted all the same, and the job tells how it went. */
    private Mono<Optional<Job>> decision(UUID planId, UUID executionId) {
        if (admissionWait.isZero()) {
            return Mono.just(Optional.empty());
        }
        return status.job(planId, new JobWait.UntilAdmitted(executionId, admissionWait))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .onErrorReturn(Optional.empty());
    }
}
