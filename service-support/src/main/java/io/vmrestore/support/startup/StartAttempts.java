package io.vmrestore.support.startup;

import io.vmrestore.common.retry.Backoff;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats what fails at a start until it succeeds, at one pace for everything and with one line in the log. */
public final class StartAttempts {
    private static final Logger log = LoggerFactory.getLogger(StartAttempts.class);

    private static final Backoff PACE = Backoff.scattered(Duration.ofMillis(200), Duration.ofSeconds(2));

    private final TimeSource time;
    private final Chance chance;

    public StartAttempts(TimeSource time, Chance chance) {
        this.time = time;
        this.chance = chance;
    }

    /** As below, for work whose failures nobody is to be told of. */
    public void repeat(String obstacle, Runnable work) throws InterruptedException {
        repeat(obstacle, work, () -> {});
    }

    /**
     * Returns when the work has succeeded.
     *
     * @param obstacle what a failure means, such as "the broker is not available"
     * @param failed runs after each failure
     * @throws InterruptedException if the thread was interrupted, also where the work has swallowed that
     */
    public void repeat(String obstacle, Runnable work, Runnable failed) throws InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                work.run();
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                return;
            } catch (RuntimeException failure) {
                if (failures == 1) {
                    log.warn("Start: {}; tried again until it is: {}", obstacle, failure.getMessage());
                }
                failed.run();
            }
            time.sleep(PACE.after(failures, chance));
        }
    }
}
