package io.vmrestore.gateway.web;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.gateway.access.Caller;
import io.vmrestore.gateway.jobs.Job;
import io.vmrestore.gateway.jobs.JobWait;
import io.vmrestore.gateway.jobs.StatusService;
import io.vmrestore.gateway.publish.EventPublisher;
import io.vmrestore.gateway.publish.TimeOrderedUuid;
import io.vmrestore.gateway.trace.RequestIdFilter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Takes requests for a plan: publishes them and waits a while for the plan. */
@RestController
final class PlanController {
    private final StatusService status;
    private final EventPublisher publisher;
    private final Duration defaultWait;
    private final Clock clock;

    PlanController(StatusService status, EventPublisher publisher, GatewaySettings settings, Clock clock) {
        this.status = status;
        this.publisher = publisher;
        this.defaultWait = settings.waits().plan();
        this.clock = clock;
    }

    /** The answer while the plan is not ready. */
    record Accepted(UUID jobId, UUID planId, JobStatus status) {}

    @PostMapping(path = "/restore/plan", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Object>> plan(
            @RequestBody(required = false) byte @Nullable [] body,
            @AuthenticationPrincipal Caller caller,
            ServerWebExchange exchange) {
        PlanRequest request = PlanRequest.read(body);
        Preference preference = Preference.of(exchange.getRequest().getHeaders().getOrEmpty("Prefer"), defaultWait);
        String requestId = RequestIdFilter.of(exchange);
        Instant now = clock.instant();
        UUID jobId = TimeOrderedUuid.at(now);
        // Asks for the new job before it exists: if nobody could tell the client about it, it must not be begun.
        return status.job(jobId, new JobWait.Not(), caller, requestId)
                .then(publisher.publish(request.asEvent(jobId, now, caller.name())))
                .then(Mono.defer(() -> ready(jobId, preference.longestWait(), caller, requestId)))
                .map(job -> answer(jobId, job, preference));
    }

    private Mono<Optional<Job>> ready(UUID jobId, Duration wait, Caller caller, String requestId) {
        if (wait.isZero()) {
            return Mono.just(Optional.empty());
        }
        return status.job(jobId, new JobWait.UntilPlanned(wait), caller, requestId)
                .filter(job -> job.status() != JobStatus.PLANNING)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                // The request is accepted by now, whether or not we can still follow it.
                .onErrorReturn(Optional.empty());
    }

    private static ResponseEntity<Object> answer(UUID jobId, Optional<Job> job, Preference preference) {
        ResponseEntity.BodyBuilder answer =
                job.isPresent() ? ResponseEntity.created(location(jobId)) : ResponseEntity.accepted();
        preference.applied().ifPresent(applied -> answer.header("Preference-Applied", applied));
        if (job.isEmpty()) {
            return answer.location(location(jobId))
                    .header(HttpHeaders.RETRY_AFTER, "1")
                    .body(new Accepted(jobId, jobId, JobStatus.PLANNING));
        }
        if (!job.get().hasPlan()) {
            throw PlanningProblems.of(job.get()).asException();
        }
        ObjectNode document = job.get().json();
        document.put("plan_id", jobId.toString());
        return answer.body(document);
    }

    private static URI location(UUID jobId) {
        return URI.create("/restore/jobs/" + jobId);
    }
}
