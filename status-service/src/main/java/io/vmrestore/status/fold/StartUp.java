package io.vmrestore.status.fold;

import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * Prepares tables and topics and then starts the fold and keeps it running, in a thread of its own that tries until
 * database and broker answer. Meanwhile the service is alive, not ready, and answers that its store is not available.
 */
@Component
class StartUp implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(StartUp.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Flyway flyway;
    private final KafkaAdmin admin;
    private final ConcurrentMessageListenerContainer<String, byte[]> container;
    private final FoldProgress progress;
    private @Nullable Thread thread;

    StartUp(
            Flyway flyway,
            KafkaAdmin admin,
            ConcurrentMessageListenerContainer<String, byte[]> container,
            FoldProgress progress) {
        this.flyway = flyway;
        this.admin = admin;
        this.container = container;
        this.progress = progress;
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofPlatform().name("status-start-up").start(this::prepare);
    }

    @Override
    public synchronized void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
            try {
                running.join(LONGEST_PAUSE);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
        container.stop();
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void prepare() {
        try {
            persist("the database is not available", flyway::migrate);
            persist("the broker is not available", this::createTopics);
            persist("the consumer cannot be started", container::start);
            supervise();
        } catch (InterruptedException stopping) {
            log.debug("The fold stops with the service");
        }
    }

    /** A consumer ends by itself when the broker refuses it for good, such as by a rule that is being changed. */
    private void supervise() throws InterruptedException {
        while (true) {
            Thread.sleep(LONGEST_PAUSE);
            if (!container.isInExpectedState()) {
                log.warn("The consumer of the event topic has ended; it is started anew");
                progress.waiting("the consumer has ended and is started anew");
                container.stop();
                persist("the consumer cannot be started", container::start);
            }
        }
    }

    private void createTopics() {
        if (!admin.initialize()) {
            throw new IllegalStateException("The topics could not be created or checked");
        }
    }

    private void persist(String obstacle, Runnable work) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                work.run();
                progress.waiting("the consumer has not joined its group");
                return;
            } catch (RuntimeException failure) {
                if (pause.equals(FIRST_PAUSE)) {
                    log.warn("Start: {}; tried again until it is: {}", obstacle, failure.getMessage());
                }
                progress.waiting(obstacle);
            }
            Thread.sleep(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
    }
}
