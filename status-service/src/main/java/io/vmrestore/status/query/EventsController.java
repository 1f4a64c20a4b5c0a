package io.vmrestore.status.query;

import static io.vmrestore.status.problem.Refusals.invalidHeader;

import io.vmrestore.status.StatusSettings;
import io.vmrestore.status.problem.Refusals;
import io.vmrestore.status.problem.StoreOutage;
import io.vmrestore.status.store.EventReader;
import io.vmrestore.status.store.JobEvent;
import io.vmrestore.status.store.JobReader;
import io.vmrestore.status.store.Standing;
import io.vmrestore.support.access.CurrentReach;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.api.JobsApi;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The events of one restore as server-sent events. The id of an event is the version of the restore that it made, so
 * any instance can go on where another one stopped.
 */
@RestController
class EventsController {

    /** A client may open the stream before the fold has read the very first event. */
    private static final Duration FOR_THE_FIRST_EVENT = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(EventsController.class);

    private final JobReader jobs;
    private final EventReader events;
    private final JobChanges changes;
    private final StoreOutage outage;
    private final Duration heartbeat;

    EventsController(
            JobReader jobs, EventReader events, JobChanges changes, StoreOutage outage, StatusSettings settings) {
        this.jobs = jobs;
        this.events = events;
        this.changes = changes;
        this.outage = outage;
        this.heartbeat = settings.heartbeat();
    }

    /**
     * Answers the events after {@code Last-Event-ID} and ends after the last one. Where nothing will follow it answers
     * 204, which tells a browser's EventSource not to connect again.
     */
    @GetMapping(path = JobsApi.EVENTS, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> events(
            @PathVariable("job_id") String jobId, ServerHttpRequest request) {
        UUID id = QueryParameters.uuid("job_id", jobId);
        QueryParameters.of(request.getQueryParams(), Set.of());
        long known = lastEventId(request.getHeaders().getOrEmpty(JobsApi.LAST_EVENT_ID));
        return CurrentReach.get()
                .flatMap(reach -> jobs.standing(id, reach).switchIfEmpty(Mono.defer(() -> begun(id, reach))))
                .switchIfEmpty(Mono.error(() -> Refusals.unknownJob(id)))
                .map(job -> job.status().terminal() && known >= job.version()
                        ? of(job, HttpStatus.NO_CONTENT).build()
                        : of(job, HttpStatus.OK).body(stream(id, known)));
    }

    /** The gateway, which does not read the events, is told whose they are. */
    private static ResponseEntity.BodyBuilder of(Standing job, HttpStatus status) {
        return ResponseEntity.status(status).header(JobsApi.PROJECT, job.projectId());
    }

    private Mono<Standing> begun(UUID id, Reach reach) {
        return changes.of(id)
                .concatMap(_ -> jobs.standing(id, reach), 1)
                .next()
                .timeout(FOR_THE_FIRST_EVENT, Mono.defer(() -> jobs.standing(id, reach)));
    }

    private Flux<ServerSentEvent<String>> stream(UUID id, long known) {
        Flux<ServerSentEvent<String>> sent =
                new EventStream(events, id, known).read(changes.of(id)).map(EventsController::written);
        // The first one at once: it sends the headers, so that the client knows that it is connected.
        Flux<ServerSentEvent<String>> alive = Flux.interval(Duration.ZERO, heartbeat)
                .onBackpressureDrop()
                .map(_ -> ServerSentEvent.<String>builder().comment("alive").build());
        // As signals, so that the end of the events is the end of both.
        return Flux.merge(1, sent.materialize(), alive.materialize())
                .<ServerSentEvent<String>>dematerialize()
                .onErrorResume(outage::says, failure -> {
                    log.warn("The events of {} end early: {}", id, failure.toString());
                    return Flux.empty();
                });
    }

    private static ServerSentEvent<String> written(JobEvent event) {
        return ServerSentEvent.builder(event.document())
                .id(Long.toString(event.version()))
                .event(event.type())
                .build();
    }

    /** An empty one says, as none does, that the client knows no event. */
    private static long lastEventId(List<String> given) {
        String id = String.join(",", given);
        if (!id.matches("[0-9]{0,18}")) {
            throw invalidHeader(JobsApi.LAST_EVENT_ID, "must be the id of an event of this stream, a whole number");
        }
        return id.isEmpty() ? 0 : Long.parseLong(id);
    }
}
