package io.vmrestore.gateway.publish;

import io.vmrestore.common.contract.Topics;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/**
 * Creates missing topics beside the start of the application, again and again until the broker answers: a service
 * starts without Kafka and recovers by itself.
 */
@Component
final class TopicCreation implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(TopicCreation.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KafkaAdmin admin;
    private final KafkaTemplate<String, byte[]> template;
    private @Nullable Thread worker;

    TopicCreation(KafkaAdmin admin, KafkaTemplate<String, byte[]> template) {
        this.admin = admin;
        this.template = template;
    }

    @Override
    public void start() {
        worker = Thread.ofVirtual().name("topic-creation").start(this::untilDone);
    }

    private void untilDone() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (admin.initialize()) {
                    // The first client should not wait for the producer to find the broker.
                    template.partitionsFor(Topics.EVENTS);
                    return;
                }
            } catch (RuntimeException unavailable) {
                log.warn("The topics cannot be created yet: {}", unavailable.getMessage());
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    @Override
    public void stop() {
        if (worker != null) {
            worker.interrupt();
            worker = null;
        }
    }

    @Override
    public boolean isRunning() {
        return worker != null;
    }
}
