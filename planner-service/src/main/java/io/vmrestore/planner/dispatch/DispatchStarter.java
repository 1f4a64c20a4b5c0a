package io.vmrestore.planner.dispatch;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Starts dispatch as soon as the topics exist, however long the broker stays away: Kafka Streams itself gives up on a
 * missing source topic.
 */
final class DispatchStarter implements SmartLifecycle {
    private static final long RETRY_MILLIS = 1_000;

    private static final Logger log = LoggerFactory.getLogger(DispatchStarter.class);

    private final KafkaAdmin admin;
    private final StreamsBuilderFactoryBean streams;
    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private volatile @Nullable Thread starter;

    DispatchStarter(KafkaAdmin admin, StreamsBuilderFactoryBean streams) {
        this.admin = admin;
        this.streams = streams;
    }

    @Override
    public void start() {
        CountDownLatch stop = new CountDownLatch(1);
        stopped = stop;
        starter = Thread.ofPlatform().daemon().name("dispatch-starter").start(() -> startWhenPossible(stop));
    }

    private void startWhenPossible(CountDownLatch stop) {
        try {
            do {
                if (topicsExist() && stop.getCount() > 0) {
                    streams.start();
                    log.info("Dispatch started");
                    return;
                }
            } while (!stop.await(RETRY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean topicsExist() {
        try {
            return admin.initialize();
        } catch (RuntimeException away) {
            log.warn("The topics cannot be created yet: {}", away.getMessage());
            return false;
        }
    }

    @Override
    public void stop() {
        stopped.countDown();
        Thread running = starter;
        if (running != null) {
            running.interrupt();
            try {
                running.join(TimeUnit.SECONDS.toMillis(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        streams.stop();
    }

    @Override
    public boolean isRunning() {
        return stopped.getCount() > 0;
    }
}
