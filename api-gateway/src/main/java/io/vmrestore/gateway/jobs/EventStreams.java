package io.vmrestore.gateway.jobs;

import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.gateway.access.Caller;
import io.vmrestore.gateway.access.OnBehalfOfCaller;
import io.vmrestore.gateway.upstream.Backends;
import io.vmrestore.gateway.upstream.StatusProblems;
import io.vmrestore.support.access.Audience;
import io.vmrestore.support.api.JobsApi;
import io.vmrestore.support.http.HttpClients;
import io.vmrestore.support.listener.Listeners;
import io.vmrestore.support.problem.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Opens streams of events at the status service, on connections of their own beside those of short questions. */
@Component
public final class EventStreams implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

    /** Each client that follows a restore holds one. The rest of all connections is for questions. */
    private static final int MOST_STREAMS = 5_000;

    private static final double SHARE_OF_CONNECTIONS = 0.625;

    /** The status service shows every 15 s that it is alive. A client that reads nothing for so long is let go too. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(45);

    /** The blank line before it ends an event that was cut off. */
    private static final String FAREWELL =
            "\n\nevent: end\ndata: {\"reason\":\"authentication-expired\",\"detail\":\"Sign in again if your token has"
                    + " expired, and go on with Last-Event-ID.\"}\n\n";

    private final WebClient client;
    private final Clock clock;
    private final Duration timeout;
    private final Sinks.Empty<Void> stopping = Sinks.empty();
    private volatile boolean running;

    EventStreams(
            GatewaySettings settings,
            HttpClients clients,
            OnBehalfOfCaller onBehalf,
            Listeners listeners,
            Clock clock) {
        this.clock = clock;
        this.timeout = settings.status().timeout();
        int most = (int) Math.clamp(listeners.mostConnections() * SHARE_OF_CONNECTIONS, 1, MOST_STREAMS);
        this.client = clients.toService("event-streams", settings.status().url(), timeout, most)
                .filter(onBehalf.to(Audience.STATUS))
                .build();
    }

    /**
     * Opens the stream of a job. It ends after the job's last event, and earlier if the status service goes away, this
     * gateway stops, or nobody vouches for the caller any more; then the client goes on from the last event it has.
     *
     * @param lastEventId the last event that the client has; 0 if none
     * @param until when the caller has to prove again who they are
     * @return the bytes as they come, with status 204 and none if nothing will follow; empty if the caller sees no such
     *     job
     */
    public Mono<ResponseEntity<Flux<DataBuffer>>> open(UUID id, long lastEventId, Caller caller, Instant until) {
        return client.get()
                .uri(JobsApi.EVENTS, id)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .header(JobsApi.LAST_EVENT_ID, Long.toString(lastEventId))
                .retrieve()
                .toEntityFlux(DataBuffer.class)
                .timeout(timeout)
                .onErrorMap(Backends::away, StatusProblems::unreachable)
                .onErrorResume(WebClientResponseException.class, EventStreams::refused)
                .takeUntilOther(stopping.asMono())
                .flatMap(answer -> seen(answer, caller, until));
    }

    private static Mono<ResponseEntity<Flux<DataBuffer>>> refused(WebClientResponseException refusal) {
        return StatusProblems.says(ProblemKind.JOB_NOT_FOUND, refusal)
                ? Mono.empty()
                : Mono.error(StatusProblems.of(refusal));
    }

    /** The status service says whose the events are; where it does not, only those get them who see every project. */
    private Mono<ResponseEntity<Flux<DataBuffer>>> seen(
            ResponseEntity<Flux<DataBuffer>> answer, Caller caller, Instant until) {
        @Nullable String project = answer.getHeaders().getFirst(JobsApi.PROJECT);
        if (caller.reach().seesAll() || (project != null && caller.sees(project))) {
            return guarded(answer, until);
        }
        Flux<DataBuffer> body = answer.getBody() == null ? Flux.empty() : answer.getBody();
        // Nothing of it is read: the connection is given up.
        return Mono.fromRunnable(
                () -> body.subscribe(DataBufferUtils.releaseConsumer()).dispose());
    }

    private Mono<ResponseEntity<Flux<DataBuffer>>> guarded(ResponseEntity<Flux<DataBuffer>> answer, Instant until) {
        Flux<DataBuffer> body = answer.getBody() == null ? Flux.empty() : answer.getBody();
        boolean stream = answer.getStatusCode().isSameCodeAs(HttpStatus.OK)
                && MediaType.TEXT_EVENT_STREAM.isCompatibleWith(
                        answer.getHeaders().getContentType());
        boolean over = answer.getStatusCode().isSameCodeAs(HttpStatus.NO_CONTENT);
        if (!stream && !over) {
            return body.map(DataBufferUtils::release)
                    .then(Mono.error(() -> StatusProblems.answered(answer.getStatusCode())));
        }
        Flux<DataBuffer> events =
                body.timeout(LONGEST_SILENCE).takeUntilOther(stopping.asMono()).onErrorResume(EventStreams::broken);
        return Mono.just(ResponseEntity.status(answer.getStatusCode()).body(stream ? ending(events, until) : events));
    }

    /** Says why, where the stream ends because the caller has to prove again who they are. */
    private Flux<DataBuffer> ending(Flux<DataBuffer> events, Instant until) {
        Duration left = Duration.between(clock.instant(), until);
        AtomicBoolean over = new AtomicBoolean();
        Mono<Long> end = Mono.delay(left.isNegative() ? Duration.ZERO : left).doOnNext(_ -> over.set(true));
        return events.takeUntilOther(end)
                .concatWith(Mono.defer(() -> over.get() ? Mono.just(farewell()) : Mono.empty()));
    }

    private static DataBuffer farewell() {
        return DefaultDataBufferFactory.sharedInstance.wrap(FAREWELL.getBytes(StandardCharsets.UTF_8));
    }

    /** The headers are sent, so the end is all that can be told; a client without the last event connects again. */
    private static Mono<DataBuffer> broken(Throwable error) {
        log.info("A stream of events ends early: {}", error.toString());
        return Mono.empty();
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the web server stops, which would wait for the streams to end. */
    @Override
    public void stop() {
        running = false;
        stopping.tryEmitEmpty();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
