package io.vmrestore.gateway.jobs;

import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.gateway.access.OnBehalfOfCaller;
import io.vmrestore.gateway.http.ProblemException;
import io.vmrestore.gateway.http.ProblemKind;
import io.vmrestore.gateway.upstream.Upstream;
import io.vmrestore.support.http.HttpClients;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriBuilder;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the status service about restores and requests with a token that names the caller, which is checked there again.
 * Whatever keeps it from answering is told to the client as 503 with Retry-After.
 */
@Component
public final class StatusService {
    /** A list of 200 summaries or a job with a big plan stays well below. */
    private static final int LARGEST_ANSWER_BYTES = 8 * 1024 * 1024;
    /** Answered in milliseconds. */
    private static final int MOST_QUESTIONS = 200;

    /** Every client that waits for a plan, a decision or a change holds one; they delay no question. */
    private static final int MOST_WAITS = 1000;

    private final Upstream service;
    private final Upstream waits;
    private final Duration timeout;
    private final Duration claimLifetime;

    StatusService(GatewaySettings settings, HttpClients clients, OnBehalfOfCaller onBehalf) {
        this.timeout = settings.status().timeout();
        this.claimLifetime = settings.status().claimLifetime();
        this.service = upstream("status-service", MOST_QUESTIONS, settings, clients, onBehalf);
        this.waits = upstream("status-waits", MOST_WAITS, settings, clients, onBehalf);
    }

    private static Upstream upstream(
            String name,
            int mostConnections,
            GatewaySettings settings,
            HttpClients clients,
            OnBehalfOfCaller onBehalf) {
        return new Upstream(
                name,
                settings.status().url(),
                settings.status().timeout(),
                mostConnections,
                LARGEST_ANSWER_BYTES,
                clients,
                onBehalf);
    }

    /**
     * Reads one job.
     *
     * @return empty if it is not known, also after the wait; fails with a {@link ProblemException}
     */
    public Mono<Job> job(UUID id, JobWait wait) {
        Upstream asked = wait.longest().isPositive() ? waits : service;
        return get(
                        asked,
                        uri -> uri.path("/internal/jobs/{id}")
                                .queryParams(wait.parameters())
                                .build(id),
                        timeout.plus(wait.longest()))
                .map(Job::new);
    }

    /**
     * Reads one page of the list of jobs.
     *
     * @param filters the status service's own parameters, which are those of the public list
     */
    public Mono<JobPage> jobs(MultiValueMap<String, String> filters) {
        return get(service, uri -> Upstream.withParameters(uri.path("/internal/jobs"), filters), timeout)
                .map(StatusService::page);
    }

    /**
     * Finds out what a request with an Idempotency-Key stands for.
     *
     * @param wanted what it stands for if it is the caller's first one with this key
     * @return what it does stand for
     */
    public Mono<Claim> claim(String key, Claim wanted) {
        Map<String, Object> body = Map.of(
                "admitted", wanted.admitted(),
                "key", key,
                "digest", wanted.digest(),
                "subject_id", wanted.subjectId(),
                "claimed_at", wanted.at(),
                "expires_at", wanted.at().plus(claimLifetime));
        return told(service.post("/internal/claims", body, timeout))
                .map(held -> new Claim(
                        key,
                        held.path("digest").asString(),
                        UUID.fromString(held.path("subject_id").asString()),
                        Instant.parse(held.path("claimed_at").asString()),
                        held.path("admitted").asBoolean(false)));
    }

    /**
     * Counts the restores at work.
     *
     * @param accepted requests that may not be counted yet; the answer says which of them are
     */
    public Mono<ActiveRestores> active(String projectId, List<AcceptedRequest> accepted) {
        List<Map<String, Object>> requests =
                accepted.stream().map(StatusService::question).toList();
        Map<String, Object> body = Map.of("project_id", projectId, "accepted", requests);
        return told(service.post("/internal/active", body, timeout))
                .map(counts -> new ActiveRestores(
                        counts.path("total").asLong(),
                        counts.path("in_project").asLong(),
                        counts.path("shown").values().stream()
                                .map(id -> UUID.fromString(id.asString()))
                                .collect(Collectors.toSet())));
    }

    private static Map<String, Object> question(AcceptedRequest request) {
        return request.executionId() == null
                ? Map.of("job_id", request.jobId())
                : Map.of("job_id", request.jobId(), "execution_id", request.executionId());
    }

    /** Has the status tables folded anew; answers the run, which may have begun before. */
    public Mono<ObjectNode> beginRebuild() {
        return told(service.post("/internal/rebuild", Map.of(), timeout));
    }

    /** The run of folding the status tables anew that began last; empty if there was none. */
    public Mono<ObjectNode> rebuild() {
        return service.get(uri -> uri.path("/internal/rebuild").build(), timeout)
                .onErrorMap(StatusProblems::unreachable)
                .filter(answer -> !StatusProblems.unknown(ProblemKind.NOT_FOUND, answer.status(), answer.body()))
                .flatMap(StatusService::object);
    }

    private static Mono<ObjectNode> get(Upstream asked, Function<UriBuilder, URI> uri, Duration longest) {
        return told(asked.get(uri, longest));
    }

    private static Mono<ObjectNode> told(Mono<Upstream.Answer> answer) {
        return answer.onErrorMap(StatusProblems::unreachable).flatMap(StatusService::object);
    }

    private static Mono<ObjectNode> object(Upstream.Answer answer) {
        @Nullable JsonNode body = answer.body();
        if (StatusProblems.unknownJob(answer.status(), body)) {
            return Mono.empty();
        }
        if (answer.status().is2xxSuccessful() && body instanceof ObjectNode object) {
            return Mono.just(object);
        }
        return Mono.error(StatusProblems.of(answer.status(), body));
    }

    private static JobPage page(ObjectNode answer) {
        JsonNode count = answer.path("count");
        return new JobPage(
                answer.path("jobs"),
                answer.path("next_marker").stringValue(null),
                count.isIntegralNumber() ? OptionalLong.of(count.asLong()) : OptionalLong.empty());
    }
}
