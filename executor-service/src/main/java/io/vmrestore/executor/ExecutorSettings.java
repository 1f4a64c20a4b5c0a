package io.vmrestore.executor;

import io.vmrestore.common.retry.Backoff;
import io.vmrestore.executor.attempt.OutagePatience;
import io.vmrestore.executor.poll.PollPace;
import io.vmrestore.support.health.ProgressSettings;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What can be set on this service alone, bound from the environment by {@code executor-service.yml} and checked at
 * start.
 *
 * @param name RESTORE_EXECUTOR_NAME: name of this process in the events; host name and process id if empty
 * @param window RESTORE_EXECUTOR_WINDOW: most steps at work at once
 * @param backlog RESTORE_EXECUTOR_BACKLOG: most steps taken in at once: at work, or waiting for their time or a place
 * @param heartbeatInterval RESTORE_HEARTBEAT_INTERVAL: between two signs of life of a step at work
 * @param closeTimeout RESTORE_EXECUTOR_CLOSE_TIMEOUT: how long a stop waits for steps; the rest is taken up by others
 * @param consumerGroup the group of executors that share the work
 */
@ConfigurationProperties("restore.executor")
public record ExecutorSettings(
        String name,
        int window,
        int backlog,
        Duration heartbeatInterval,
        Duration closeTimeout,
        String consumerGroup,
        Polling polling,
        OutageWaits outages) {

    /** @throws IllegalArgumentException naming the environment variable and the remedy */
    public ExecutorSettings {
        name = name.isBlank() ? hostAndProcess() : name.strip();
        require(window > 0, "RESTORE_EXECUTOR_WINDOW must be 1 or more, not " + window);
        require(
                backlog >= window,
                "RESTORE_EXECUTOR_BACKLOG is " + backlog + ": it must be at least RESTORE_EXECUTOR_WINDOW, " + window);
        require(
                heartbeatInterval.isPositive(),
                "RESTORE_HEARTBEAT_INTERVAL must be a positive time such as 5s, not " + heartbeatInterval);
        require(
                !closeTimeout.isNegative(),
                "RESTORE_EXECUTOR_CLOSE_TIMEOUT must be a time such as 10s, not " + closeTimeout);
        require(!consumerGroup.isBlank(), "restore.executor.consumer-group must not be empty");
    }

    /** @throws IllegalArgumentException if signs of life are too seldom to tell that work gets on */
    void requireAgreement(ProgressSettings progress) {
        progress.requireMoreThan(heartbeatInterval, "RESTORE_HEARTBEAT_INTERVAL", "every step would count as stuck");
    }

    /**
     * How often the cloud is asked about what is on its way, as in {@link PollPace}.
     *
     * @param fastest RESTORE_POLL_FASTEST
     * @param slowest RESTORE_POLL_SLOWEST
     */
    public record Polling(List<Duration> looks, Duration fastest, Duration slowest) {
        PollPace pace() {
            return new PollPace(looks, fastest, slowest);
        }
    }

    /**
     * How a step waits for a service that gives no answer, as in {@link OutagePatience}.
     *
     * @param limit RESTORE_OUTAGE_PATIENCE
     * @param firstPause between two requests at first
     * @param longestPause between two requests at last
     */
    public record OutageWaits(Duration limit, Duration firstPause, Duration longestPause) {
        /** @throws IllegalArgumentException naming the environment variable and the remedy */
        public OutageWaits {
            require(
                    !limit.isNegative(),
                    "RESTORE_OUTAGE_PATIENCE must be a time such as 30m, or 0s to wait for no service, not " + limit);
        }

        OutagePatience patience() {
            return new OutagePatience(limit, Backoff.scattered(firstPause, longestPause));
        }
    }

    private static String hostAndProcess() {
        String host = System.getenv("HOSTNAME");
        return (host == null || host.isBlank() ? "executor" : host) + "-"
                + ProcessHandle.current().pid();
    }

    private static void require(boolean met, String message) {
        if (!met) {
            throw new IllegalArgumentException(message);
        }
    }
}
