package io.vmrestore.executor;

import io.vmrestore.executor.poll.PollPace;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.settings.EndpointInterface;
import io.vmrestore.openstack.settings.ServiceUser;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Everything that can be set, bound from the environment by {@code executor-service.yml} and checked at start.
 *
 * @param name RESTORE_EXECUTOR_NAME: name of this process in the events; host name and process id if empty
 * @param encryptionKey RESTORE_ENCRYPTION_KEY: the planner's key for user_data
 * @param window RESTORE_EXECUTOR_WINDOW: most steps at work at once
 * @param backlog RESTORE_EXECUTOR_BACKLOG: most steps taken in at once: at work, or waiting for their time or a place
 * @param heartbeatInterval RESTORE_HEARTBEAT_INTERVAL: between two signs of life of a step at work
 * @param progressTimeout RESTORE_PROGRESS_TIMEOUT: how long a command may give no sign of life before health
 *     {@code progress} is down
 * @param closeTimeout RESTORE_EXECUTOR_CLOSE_TIMEOUT: how long a stop waits for steps; the rest is taken up by others
 * @param consumerGroup the group of executors that share the work
 */
@ConfigurationProperties("restore.executor")
public record ExecutorSettings(
        String name,
        String encryptionKey,
        int window,
        int backlog,
        Duration heartbeatInterval,
        Duration progressTimeout,
        Duration closeTimeout,
        String consumerGroup,
        TopicCreation topics,
        Polling polling,
        Cloud cloud) {

    /** @throws IllegalArgumentException naming the environment variable and the remedy, never the value of a secret */
    public ExecutorSettings {
        name = name.isBlank() ? hostAndProcess() : name.strip();
        require(
                !encryptionKey.isBlank(),
                "RESTORE_ENCRYPTION_KEY is missing: set it to the planner's key; make one with: openssl rand -base64"
                        + " 32");
        require(window > 0, "RESTORE_EXECUTOR_WINDOW must be 1 or more, not " + window);
        require(
                backlog >= window,
                "RESTORE_EXECUTOR_BACKLOG is " + backlog + ": it must be at least RESTORE_EXECUTOR_WINDOW, " + window);
        require(
                heartbeatInterval.isPositive(),
                "RESTORE_HEARTBEAT_INTERVAL must be a positive time such as 5s, not " + heartbeatInterval);
        require(
                progressTimeout.compareTo(heartbeatInterval) > 0,
                "RESTORE_PROGRESS_TIMEOUT is " + progressTimeout
                        + ": it must be more than RESTORE_HEARTBEAT_INTERVAL, " + heartbeatInterval
                        + ", or every step would count as stuck");
        require(
                !closeTimeout.isNegative(),
                "RESTORE_EXECUTOR_CLOSE_TIMEOUT must be a time such as 10s, not " + closeTimeout);
        require(!consumerGroup.isBlank(), "restore.executor.consumer-group must not be empty");
    }

    /**
     * How topics are created.
     *
     * @param partitions RESTORE_TOPIC_PARTITIONS
     * @param replication RESTORE_TOPIC_REPLICATION: copies of each topic; −1 leaves it to the broker
     */
    public record TopicCreation(int partitions, short replication) {

        /** @throws IllegalArgumentException as in {@link ExecutorSettings} */
        public TopicCreation {
            require(partitions > 0, "RESTORE_TOPIC_PARTITIONS must be 1 or more, not " + partitions);
            require(
                    replication == -1 || replication > 0,
                    "RESTORE_TOPIC_REPLICATION must be 1 or more, or -1 for the broker's default, not " + replication);
        }
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

    /** The cloud, as an openrc file and the SNAPSHOT_SERVICE_USER_ variables describe it. */
    public record Cloud(
            String authUrl,
            String userName,
            String userDomain,
            String password,
            String projectName,
            String projectId,
            String projectDomain,
            String region,
            String endpointInterface,
            String serviceUserEmail,
            String serviceUserPassword,
            String serviceUserDomain) {

        /** @throws IllegalArgumentException naming the variable that is missing or wrong */
        CloudSettings settings() {
            require(!authUrl.isBlank(), "OS_AUTH_URL is missing: set it to Keystone's URL, as in your openrc file");
            return new CloudSettings(
                    URI.create(authUrl.strip()),
                    region,
                    EndpointInterface.of(endpointInterface),
                    new Credentials(userName, userDomain, password, projectName, projectId, projectDomain),
                    ServiceUser.ifConfigured(serviceUserEmail, serviceUserPassword, serviceUserDomain),
                    CloudSettings.DEFAULT_CONNECT_TIMEOUT,
                    CloudSettings.DEFAULT_REQUEST_TIMEOUT);
        }

        @Override
        public String toString() {
            return userName + "@" + authUrl;
        }
    }

    @Override
    public String toString() {
        return "ExecutorSettings[name=" + name + ", window=" + window + ", cloud=" + cloud + "]";
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
