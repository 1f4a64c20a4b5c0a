package io.vmrestore.support.topics;

import io.vmrestore.support.startup.StartAttempts;
import org.springframework.kafka.core.KafkaAdmin;

/** Makes the topics that are missing. Every service does it at its start, so that none waits for another. */
public final class TopicCreation {
    /** What it means that it fails. */
    public static final String OBSTACLE = "the broker is not available";

    private final KafkaAdmin admin;
    private final StartAttempts attempts;

    TopicCreation(KafkaAdmin admin, StartAttempts attempts) {
        this.admin = admin;
        this.attempts = attempts;
    }

    /**
     * Tries once.
     *
     * @throws RuntimeException if it is not known whether every topic exists
     */
    public void attempt() {
        if (!admin.initialize()) {
            throw new IllegalStateException("The topics could not be created or checked");
        }
    }

    /** Returns when every topic exists, however long the broker stays away. */
    public void untilDone() throws InterruptedException {
        attempts.repeat(OBSTACLE, this::attempt);
    }
}
