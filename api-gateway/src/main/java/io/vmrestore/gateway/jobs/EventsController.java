package io.vmrestore.gateway.jobs;

import io.vmrestore.gateway.access.Caller;
import io.vmrestore.gateway.access.SentToken;
import io.vmrestore.support.api.JobsApi;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Passes the stream of a job's events on, byte by byte and as fast as the client takes it. */
@RestController
final class EventsController {
    private static final Duration BETWEEN_PROOFS = Duration.ofMinutes(5);

    private final EventStreams streams;
    private final Clock clock;

    EventsController(EventStreams streams, Clock clock) {
        this.streams = streams;
        this.clock = clock;
    }

    @GetMapping(path = "/restore/jobs/{job_id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Mono<Void> events(@PathVariable("job_id") String jobId, ServerWebExchange exchange) {
        UUID id = Job.id(jobId);
        long known = lastEventId(exchange.getRequest().getHeaders().getOrEmpty(JobsApi.LAST_EVENT_ID));
        return Caller.current()
                .flatMap(caller ->
                        streams.open(id, known, caller, until(caller, SentToken.ofKeystone(exchange), clock.instant())))
                .switchIfEmpty(Mono.error(() -> Job.unknown(id).asException()))
                .flatMap(answer -> pass(answer, exchange.getResponse()));
    }

    /**
     * When whoever follows has to prove again who they are: Keystone may take a role or its token back, an access token
     * is good until its end.
     */
    static Instant until(Caller caller, boolean byKeystone, Instant now) {
        Instant again = now.plus(BETWEEN_PROOFS);
        return byKeystone && again.isBefore(caller.until()) ? again : caller.until();
    }

    private static Mono<Void> pass(ResponseEntity<Flux<DataBuffer>> answer, ServerHttpResponse response) {
        response.setStatusCode(answer.getStatusCode());
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(MediaType.TEXT_EVENT_STREAM);
        headers.setCacheControl(CacheControl.noStore());
        // nginx would otherwise collect the events before it passes them on.
        headers.set("X-Accel-Buffering", "no");
        Flux<DataBuffer> body = answer.getBody() == null ? Flux.empty() : answer.getBody();
        return response.writeAndFlushWith(body.map(Mono::just));
    }

    /** An empty one says, as none does, that the client knows no event. */
    private static long lastEventId(List<String> given) {
        String id = String.join(",", given);
        if (!id.matches("[0-9]{0,18}")) {
            throw Problem.of(
                            ProblemKind.INVALID_REQUEST,
                            "Header Last-Event-ID must be the id of an event of this stream, a whole number; leave it"
                                    + " out to get every event.")
                    .asException();
        }
        return id.isEmpty() ? 0 : Long.parseLong(id);
    }
}
