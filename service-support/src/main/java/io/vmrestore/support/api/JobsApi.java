package io.vmrestore.support.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What status-service tells api-gateway of restores. The gateway passes a job's document on and reads no more of it
 * than it must decide by, so that a field of a newer status-service reaches clients.
 */
@HttpExchange(url = "/internal/jobs", accept = MediaType.APPLICATION_JSON_VALUE)
public interface JobsApi {
    /** Where the events of a job are streamed from, in the form of server-sent events. */
    String EVENTS = "/internal/jobs/{job_id}/events";

    /** The header by which a reader says which event it has; defined by the HTML standard for server-sent events. */
    String LAST_EVENT_ID = "Last-Event-ID";
    /** The header by which a stream of events says whose they are; clients do not get it. */
    String PROJECT = "Restore-Project-Id";

    String UNTIL = "until";
    String EXECUTION_ID = "execution_id";
    String AFTER_VERSION = "after_version";
    String WAIT_MILLIS = "wait_millis";

    /**
     * One restore; with a wait as soon as it has come as far as asked for, or the time is over.
     *
     * @param executionId with {@link Milestone#ADMITTED} only: whose admission is waited for
     * @param afterVersion the last version that the reader knows
     */
    @GetExchange("/{job_id}")
    Mono<ObjectNode> job(
            @PathVariable("job_id") UUID jobId,
            @RequestParam(name = UNTIL, required = false) @Nullable String until,
            @RequestParam(name = EXECUTION_ID, required = false) @Nullable UUID executionId,
            @RequestParam(name = AFTER_VERSION, required = false) @Nullable Long afterVersion,
            @RequestParam(name = WAIT_MILLIS, required = false) @Nullable Long waitMillis);

    /** A page of restores, newest first. */
    @GetExchange
    Mono<JobPage<JsonNode>> list(@RequestParam MultiValueMap<String, String> parameters);
}
