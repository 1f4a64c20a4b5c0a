package io.vmrestore.gateway.jobs;

import static io.vmrestore.gateway.trace.RequestIdFilter.HEADER;

import io.netty.channel.ChannelOption;
import io.vmrestore.common.codec.Json;
import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.gateway.access.Caller;
import io.vmrestore.gateway.access.ServiceTokens;
import io.vmrestore.gateway.problem.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.UriBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the status service about restores and requests with a token that names the caller, which is checked there again.
 * Whatever keeps it from answering is told to the client as 503 with Retry-After.
 */
@Component
public final class StatusService implements DisposableBean {
    /** A list of 200 summaries or a job with a big plan stays well below. */
    private static final int LARGEST_ANSWER_BYTES = 8 * 1024 * 1024;
    /** Every client that waits for a plan holds one. */
    private static final int MOST_CONNECTIONS = 1000;

    private final ConnectionProvider connections;
    private final WebClient client;
    private final ServiceTokens tokens;
    private final Duration timeout;
    private final Duration claimLifetime;

    StatusService(GatewaySettings settings, ServiceTokens tokens, ReactorResourceFactory resources) {
        this.tokens = tokens;
        this.timeout = settings.status().timeout();
        this.claimLifetime = settings.status().claimLifetime();
        this.connections = ConnectionProvider.builder("status-service")
                .maxConnections(MOST_CONNECTIONS)
                .maxIdleTime(Duration.ofSeconds(30))
                .pendingAcquireTimeout(timeout)
                .build();
        this.client = WebClient.builder()
                .baseUrl(settings.status().url().strip().replaceAll("/+$", ""))
                .clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections)
                        .runOn(resources.getLoopResources())
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                                Math.min(timeout.toMillis(), Integer.MAX_VALUE))))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST_ANSWER_BYTES))
                .build();
    }

    /**
     * Reads one job.
     *
     * @return empty if it is not known, also after the wait; fails with a {@link ProblemException}
     */
    public Mono<Job> job(UUID id, JobWait wait, Caller caller, String requestId) {
        return get(
                        uri -> uri.path("/internal/jobs/{id}")
                                .queryParams(wait.parameters())
                                .build(id),
                        timeout.plus(wait.longest()),
                        caller,
                        requestId)
                .map(Job::new);
    }

    /**
     * Reads one page of the list of jobs.
     *
     * @param filters the status service's own parameters, which are those of the public list
     */
    public Mono<JobPage> jobs(MultiValueMap<String, String> filters, Caller caller, String requestId) {
        return get(uri -> encoded(uri.path("/internal/jobs"), filters), timeout, caller, requestId)
                .map(StatusService::page);
    }

    /**
     * Finds out what a request with an Idempotency-Key stands for.
     *
     * @param wanted what it stands for if it is the caller's first one with this key
     * @return what it does stand for
     */
    public Mono<Claim> claim(String key, Claim wanted, Caller caller, String requestId) {
        Map<String, Object> body = Map.of(
                "key", key,
                "digest", wanted.digest(),
                "subject_id", wanted.subjectId(),
                "claimed_at", wanted.at(),
                "expires_at", wanted.at().plus(claimLifetime));
        return exchange(
                        client.post()
                                .uri("/internal/claims")
                                .contentType(MediaType.APPLICATION_JSON)
                                .bodyValue(Json.MAPPER.writeValueAsBytes(body)),
                        timeout,
                        caller,
                        requestId)
                .map(held -> new Claim(
                        held.path("digest").asString(),
                        UUID.fromString(held.path("subject_id").asString()),
                        Instant.parse(held.path("claimed_at").asString())));
    }

    private Mono<ObjectNode> get(Function<UriBuilder, URI> uri, Duration longest, Caller caller, String requestId) {
        return exchange(client.get().uri(uri), longest, caller, requestId);
    }

    private Mono<ObjectNode> exchange(
            WebClient.RequestHeadersSpec<?> request, Duration longest, Caller caller, String requestId) {
        return request.accept(MediaType.APPLICATION_JSON)
                .headers(headers -> {
                    headers.setBearerAuth(tokens.of(caller));
                    headers.set(HEADER, requestId);
                })
                .exchangeToMono(answer -> answer.toEntity(byte[].class))
                .timeout(longest)
                .onErrorMap(StatusProblems::unreachable)
                .flatMap(StatusService::object);
    }

    private static Mono<ObjectNode> object(ResponseEntity<byte[]> answer) {
        @Nullable JsonNode body = json(answer.getBody());
        if (StatusProblems.unknownJob(answer.getStatusCode(), body)) {
            return Mono.empty();
        }
        if (answer.getStatusCode().is2xxSuccessful() && body instanceof ObjectNode object) {
            return Mono.just(object);
        }
        return Mono.error(StatusProblems.of(answer.getStatusCode(), body));
    }

    private static JobPage page(ObjectNode answer) {
        JsonNode count = answer.path("count");
        return new JobPage(
                answer.path("jobs"),
                answer.path("next_marker").stringValue(null),
                count.isIntegralNumber() ? OptionalLong.of(count.asLong()) : OptionalLong.empty());
    }

    // As variables, so that a value with & or + or % arrives as it is.
    private static URI encoded(UriBuilder uri, MultiValueMap<String, String> filters) {
        filters.keySet().forEach(name -> uri.queryParam(name, "{" + name + "}"));
        return uri.build(filters.toSingleValueMap());
    }

    private static @Nullable JsonNode json(byte @Nullable [] body) {
        try {
            return body == null ? null : Json.MAPPER.readTree(body);
        } catch (JacksonException notJson) {
            return null;
        }
    }

    @Override
    public void destroy() {
        connections.dispose();
    }
}
