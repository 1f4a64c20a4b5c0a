package io.vmrestore.gateway.web;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.gateway.access.Caller;
import io.vmrestore.gateway.jobs.Job;
import io.vmrestore.gateway.jobs.JobWait;
import io.vmrestore.gateway.jobs.StatusService;
import io.vmrestore.gateway.publish.EventPublisher;
import io.vmrestore.gateway.trace.RequestIdFilter;
import java.net.URI;
import java.time.Clock;
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
    private final EventPublisher publisher;
    private final Duration admissionWait;
    private final Clock clock;

    ExecuteController(StatusService status, EventPublisher publisher, GatewaySettings settings, Clock clock) {
        this.status = status;
        this.publisher = publisher;
        this.admissionWait = settings.waits().admission();
        this.clock = clock;
    }

    record Accepted(UUID jobId, JobStatus status) {}

    @PostMapping(path = "/restore/execute", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Accepted>> execute(
            @RequestBody(required = false) byte @Nullable [] body,
            @AuthenticationPrincipal Caller caller,
            ServerWebExchange exchange) {
        ExecuteRequest request = ExecuteRequest.read(body);
        String requestId = RequestIdFilter.of(exchange);
        UUID planId = request.planId();
        UUID executionId = UUID.randomUUID();
        return status.job(planId, new JobWait.Not(), caller, requestId)
                .switchIfEmpty(Mono.error(() -> JobsController.unknown(planId).asException()))
                .doOnNext(job -> ExecutionRules.requireExecutable(job, request, caller))
                .flatMap(job -> publisher.publish(
                        new ExecutionRequested(planId, job.vmId(), clock.instant(), executionId, caller.name())))
                .then(Mono.defer(() -> decision(planId, executionId, caller, requestId)))
                .doOnNext(decided -> decided.ifPresent(job -> ExecutionRules.requireAdmitted(job, executionId)))
                .map(_ -> ResponseEntity.accepted()
                        .location(URI.create("/restore/jobs/" + planId))
                        .body(new Accepted(planId, JobStatus.PENDING)));
    }

    /** Empty if it is not known in time: the request is accepted all the same, and the job tells how it went. */
    private Mono<Optional<Job>> decision(UUID planId, UUID executionId, Caller caller, String requestId) {
        if (admissionWait.isZero()) {
            return Mono.just(Optional.empty());
        }
        return status.job(planId, new JobWait.UntilAdmitted(executionId, admissionWait), caller, requestId)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .onErrorReturn(Optional.empty());
    }
}
