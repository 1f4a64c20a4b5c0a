package io.vmrestore.gateway.plan;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.gateway.access.Caller;
import io.vmrestore.gateway.access.Hidden;
import io.vmrestore.gateway.http.Preference;
import io.vmrestore.gateway.jobs.Job;
import io.vmrestore.gateway.jobs.JobWait;
import io.vmrestore.gateway.jobs.StatusService;
import io.vmrestore.gateway.publish.TimeOrderedUuid;
import io.vmrestore.gateway.requests.Admission;
import io.vmrestore.gateway.requests.Claims;
import io.vmrestore.support.access.Permission;
import java.net.URI;
import java.time.Duration;
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
    private final Claims claims;
    private final Admission admission;
    private final Duration defaultWait;

    PlanController(StatusService status, Claims claims, Admission admission, GatewaySettings settings) {
        this.status = status;
        this.admission = admission;
        this.claims = claims;
        this.defaultWait = settings.waits().plan();
    }

    /** The answer while the plan is not ready. */
    record Accepted(UUID jobId, UUID planId, JobStatus status) {}

    @PostMapping(path = "/restore/plan", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Object>> plan(
            @RequestBody(required = false) byte @Nullable [] body,
            @AuthenticationPrincipal Caller caller,
            ServerWebExchange exchange) {
        PlanRequest request = PlanRequest.read(body);
        if (!caller.sees(request.projectId())) {
            throw Hidden.project(request.projectId()).asException();
        }
        caller.require(Permission.WRITE, request.projectId());
        Preference preference = Preference.of(exchange.getRequest().getHeaders().getOrEmpty("Prefer"), defaultWait);
        // A job that exists already says that this request repeats another one.
        return admission
                .ofPlan(
                        claims.wanted("plan", request.meaning(), TimeOrderedUuid::at, exchange),
                        request.projectId(),
                        found -> found.job().isPresent()
                                ? Optional.empty()
                                : Optional.of(request.asEvent(
                                        found.claim().subjectId(), found.claim().at(), caller.name())))
                .map(found -> found.claim().subjectId())
                .flatMap(jobId -> ready(jobId, preference.longestWait()).map(job -> answer(jobId, job, preference)));
    }

    private Mono<Optional<Job>> ready(UUID jobId, Duration wait) {
        if (wait.isZero()) {
            return Mono.just(Optional.empty());
        }
        return status.job(jobId, new JobWait.UntilPlanned(wait))
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
