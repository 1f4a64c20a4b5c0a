package io.vmrestore.gateway.publish;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.PublishFailure;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Publishes events and waits for the broker's acknowledgement.
 *
 * <p>Without it the client gets 503 and nothing is half accepted: either no record was written, or one whole record was
 * and only its acknowledgement was lost. In the second case the restore is accepted as if the answer had come, under
 * the {@code job_id} that the problem names. Asking again is safe in both: a second plan only reads, and a second
 * execution of one plan finds it taken.
 */
@Component
public final class EventPublisher {
    private static final Logger log = LoggerFactory.getLogger(EventPublisher.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final KafkaTemplate<String, byte[]> template;
    // Sending blocks its thread while the broker is unknown, which an event loop must not do.
    private final Scheduler senders =
            Schedulers.fromExecutor(task -> Thread.ofVirtual().name("publish").start(task));

    EventPublisher(KafkaTemplate<String, byte[]> template) {
        this.template = template;
    }

    /**
     * Completes when the broker has acknowledged the event; fails with a {@link ProblemException} if it has not: 503,
     * or 422 if no record ever holds what the client asks for.
     */
    public Mono<Void> publish(RestoreEvent event) {
        return Mono.defer(() -> Mono.fromFuture(template.send(EventCodec.encode(event)), true))
                .subscribeOn(senders)
                .onErrorMap(PublishFailure::lasting, error -> impossible(event, error))
                .onErrorMap(EventPublisher::ofTheBroker, error -> unavailable(event, error))
                .then();
    }

    /** What is neither the record's doing nor the broker's is a fault of ours, and is told as one. */
    private static boolean ofTheBroker(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof KafkaException
                || cause instanceof org.apache.kafka.common.KafkaException
                || cause instanceof TimeoutException;
    }

    private static ProblemException impossible(RestoreEvent event, Throwable error) {
        log.warn("{} cannot be written to the event log: {}", event.id(), error.toString());
        return Problem.of(
                        ProblemKind.IMPOSSIBLE_REQUEST,
                        "The request cannot be written to the event log (Kafka), so it is not accepted: "
                                + PublishFailure.reason(error) + ". Trying again does not help; ask for less.")
                .asException();
    }

    private static ProblemException unavailable(RestoreEvent event, Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        log.warn("The broker did not acknowledge {}: {}", event.id(), cause.toString());
        return Problem.of(
                        ProblemKind.EVENT_LOG_UNAVAILABLE,
                        "The event log (Kafka) did not acknowledge the request, so it is not accepted; try again."
                                + " If only the acknowledgement was lost, the restore shows under this job id.")
                .with("job_id", event.jobId())
                .retryAfter(RETRY_AFTER)
                .asException();
    }
}
