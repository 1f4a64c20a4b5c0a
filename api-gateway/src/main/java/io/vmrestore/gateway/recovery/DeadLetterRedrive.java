package io.vmrestore.gateway.recovery;

import io.vmrestore.common.codec.DeadLetter;
import io.vmrestore.common.codec.DeadLetters;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Lists dead letters and sends them back to where they were. First the record is published, then the letter is marked;
 * whoever dies in between leaves a letter that is sent back once more, which changes nothing: ids are the same.
 */
@Component
public class DeadLetterRedrive {
    private static final Logger log = LoggerFactory.getLogger(DeadLetterRedrive.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final long PUBLISH_SECONDS = 60;
    private static final Pattern ID = Pattern.compile("([a-z0-9_.-]{1,200})/([0-9]{1,6})/([0-9]{1,18})");

    private final ConsumerFactory<?, ?> consumers;
    private final KafkaTemplate<String, byte[]> kafka;
    private final TimeSource time;
    private final Scheduler threads = Schedulers.fromExecutor(
            task -> Thread.ofVirtual().name("dead-letters").start(task));
    // A reading holds a few megabytes; whoever comes second waits.
    private final Semaphore oneAtATime = new Semaphore(1);

    /** What became of a letter that was to be sent back. */
    public enum Outcome {
        REDRIVEN,
        /** It was sent back before. */
        ALREADY_REDRIVEN,
        /** There is no such letter. */
        UNKNOWN,
        /** It was too large for the dead-letter topic, and its own topic has dropped it since. */
        GONE
    }

    /**
     * The letters that were not sent back.
     *
     * @param more whether there are more of them than are named
     */
    public record Listing(List<DeadLetter> letters, boolean more) {}

    /** The outcome for one id. */
    public record Redriven(String id, Outcome outcome) {}

    DeadLetterRedrive(ConsumerFactory<?, ?> consumers, KafkaTemplate<String, byte[]> kafka, TimeSource time) {
        this.consumers = consumers;
        this.kafka = kafka;
        this.time = time;
    }

    /** The letters that were not sent back; fails with a {@link ProblemException} (503) if Kafka does not answer. */
    public Mono<Listing> list() {
        return blocking(() -> {
            try (DeadLetterLog letters = open()) {
                return letters.list();
            }
        });
    }

    /** Sends letters back, one after the other; fails as {@link #list}, and may then be asked again for all of them. */
    public Mono<List<Redriven>> redrive(List<String> ids, String by) {
        return blocking(() -> {
            List<Redriven> outcomes = new ArrayList<>();
            try (DeadLetterLog letters = open()) {
                for (String id : ids) {
                    outcomes.add(new Redriven(id, redrive(letters, id, by)));
                }
            }
            return outcomes;
        });
    }

    /** Whether a text has the form of a letter's id. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private Outcome redrive(DeadLetterLog letters, String id, String by)
            throws InterruptedException, ExecutionException, TimeoutException {
        Matcher place = ID.matcher(id);
        if (!place.matches() || !Topics.deadLetters().contains(place.group(1))) {
            return Outcome.UNKNOWN;
        }
        TopicPartition partition = new TopicPartition(place.group(1), Integer.parseInt(place.group(2)));
        DeadLetterLog.Found found = letters.find(partition, Long.parseLong(place.group(3)));
        ConsumerRecord<String, byte[]> letter = found.letter();
        if (letter == null) {
            return Outcome.UNKNOWN;
        }
        if (found.redriven()) {
            return Outcome.ALREADY_REDRIVEN;
        }
        byte[] value = letter.value();
        DeadLetter description = DeadLetters.describe(letter);
        if (value == null && description.partition() != null && description.offset() != null) {
            ConsumerRecord<String, byte[]> original = letters.record(
                    new TopicPartition(description.topic(), description.partition()), description.offset());
            if (original == null) {
                return Outcome.GONE;
            }
            value = original.value();
        }
        publish(DeadLetters.original(letter, value));
        publish(DeadLetters.marker(letter, by));
        log.info("{} has sent dead letter {} back to {}", by, id, description.topic());
        return Outcome.REDRIVEN;
    }

    private void publish(ProducerRecord<String, byte[]> record)
            throws InterruptedException, ExecutionException, TimeoutException {
        kafka.send(record).get(PUBLISH_SECONDS, TimeUnit.SECONDS);
    }

    private DeadLetterLog open() {
        return new DeadLetterLog(consumers.getConfigurationProperties(), time);
    }

    private <T> Mono<T> blocking(Callable<T> work) {
        return Mono.fromCallable(() -> {
                    oneAtATime.acquire();
                    try {
                        return work.call();
                    } finally {
                        oneAtATime.release();
                    }
                })
                .subscribeOn(threads)
                .onErrorMap(
                        failure -> failure instanceof KafkaException
                                || failure instanceof ExecutionException
                                || failure instanceof TimeoutException
                                || failure instanceof org.springframework.kafka.KafkaException,
                        DeadLetterRedrive::unavailable);
    }

    private static ProblemException unavailable(Throwable failure) {
        log.warn("Dead letters cannot be read or sent back: {}", failure.toString());
        return Problem.of(
                        ProblemKind.EVENT_LOG_UNAVAILABLE,
                        "The event log (Kafka) did not answer in time; ask again. Letters that were sent back meanwhile"
                                + " are not sent twice.")
                .retryAfter(RETRY_AFTER)
                .asException();
    }
}
