package io.vmrestore.status.fold;

import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.status.problem.StoreOutage;
import io.vmrestore.support.startup.StartAttempts;
import io.vmrestore.support.topics.TopicCreation;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * Prepares tables and topics and then starts the fold and keeps it running, trying until database and broker answer.
 * Meanwhile the service is alive, not ready, and answers that its store is not available.
 */
@Component
class FoldStart {
    private static final Logger log = LoggerFactory.getLogger(FoldStart.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final Flyway flyway;
    private final TopicCreation topics;
    private final ConcurrentMessageListenerContainer<String, byte[]> container;
    private final FoldProgress progress;
    private final StoreOutage outage;
    private final TimeSource time;
    private final StartAttempts attempts;

    FoldStart(
            Flyway flyway,
            TopicCreation topics,
            ConcurrentMessageListenerContainer<String, byte[]> container,
            FoldProgress progress,
            StoreOutage outage,
            TimeSource time,
            Chance chance) {
        this.flyway = flyway;
        this.topics = topics;
        this.container = container;
        this.progress = progress;
        this.outage = outage;
        this.time = time;
        attempts = new StartAttempts(time, chance);
    }

    /** Returns never: an interrupt ends it. */
    void run() throws InterruptedException {
        persist("the database is not available", flyway::migrate);
        outage.migrated();
        persist(TopicCreation.OBSTACLE, topics::attempt);
        persist("the consumer cannot be started", container::start);
        supervise();
    }

    /** A consumer ends by itself when the broker refuses it for good, such as by a rule that is being changed. */
    private void supervise() throws InterruptedException {
        while (true) {
            time.sleep(BETWEEN_LOOKS);
            if (!container.isInExpectedState()) {
                log.warn("The consumer of the event topic has ended; it is started anew");
                progress.waiting("the consumer has ended and is started anew");
                container.stop();
                persist("the consumer cannot be started", container::start);
            }
        }
    }

    private void persist(String obstacle, Runnable work) throws InterruptedException {
        attempts.repeat(obstacle, work, () -> progress.waiting(obstacle));
        progress.waiting("the consumer has not joined its group");
    }
}
