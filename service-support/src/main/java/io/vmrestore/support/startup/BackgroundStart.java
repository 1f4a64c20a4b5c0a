package io.vmrestore.support.startup;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts, in a thread of its own, what needs a broker or a database: one that is away holds up neither the start of the
 * service nor its end.
 */
public final class BackgroundStart implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(BackgroundStart.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final String name;
    private final Work work;
    private final Runnable end;
    private @Nullable Thread thread;

    /** What is to be done; an interrupt means that the service stops. */
    @FunctionalInterface
    public interface Work {
        void run() throws InterruptedException;
    }

    /**
     * @param name of the thread
     * @param end undoes the work when the service stops, whether or not it was begun
     */
    public BackgroundStart(String name, Work work, Runnable end) {
        this.name = name;
        this.work = work;
        this.end = end;
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    private void run() {
        try {
            work.run();
        } catch (InterruptedException stopping) {
            log.debug("{} ends with the service", name);
        }
    }

    @Override
    public synchronized void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
            try {
                running.join(LONGEST_WAIT);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
        end.run();
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
