package io.vmrestore.gateway;

import io.vmrestore.gateway.access.RoleMapping;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Every setting of the gateway, bound from the environment through {@code api-gateway.yml} and checked at start.
 *
 * @param enabled whether the paths below /restore exist
 * @param dryRun whether executions are only pretended; shown to clients, obeyed by dispatch
 * @param cleanupVolumes whether a failed restore's volume is removed; shown to clients, obeyed by dispatch
 * @param serviceUserEmail name of the service user, empty if none is configured; shown as yes or no
 */
@ConfigurationProperties("gateway")
public record GatewaySettings(
        boolean enabled,
        boolean dryRun,
        boolean cleanupVolumes,
        String serviceUserEmail,
        Tokens tokens,
        Login login,
        Status status,
        Waits waits,
        Topics topics) {

    /**
     * Our own access tokens.
     *
     * @param secret the key that signs access tokens, shared with the services that check them
     * @param lifetime how long an access token is valid
     */
    public record Tokens(String secret, Duration lifetime) {
        /** HS256 needs a key as long as its hash (RFC 7518, section 3.2). */
        private static final int SHORTEST_SECRET_BYTES = 32;

        public Tokens {
            int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
            require(
                    bytes > 0,
                    "RESTORE_JWT_SECRET is not set. It signs access tokens and has no default: set it to at least "
                            + SHORTEST_SECRET_BYTES + " random bytes, for example from: openssl rand -base64 48");
            require(
                    bytes >= SHORTEST_SECRET_BYTES,
                    "RESTORE_JWT_SECRET has " + bytes + " bytes and needs at least " + SHORTEST_SECRET_BYTES
                            + ", for example from: openssl rand -base64 48");
            requirePositive(lifetime, "RESTORE_TOKEN_LIFETIME");
        }

        @Override
        public String toString() {
            return "Tokens[lifetime=" + lifetime + "]";
        }
    }

    /**
     * Signing in through Keystone.
     *
     * @param authUrl Keystone's address, with or without /v3
     * @param roleMapping which Keystone role gives which role here
     * @param timeout longest wait for one answer of Keystone
     * @param failuresPerUser failed logins of one user within the window before the next is refused unseen
     * @param failuresPerAddress the same for one client address
     * @param failureWindow how long a failed login counts
     */
    public record Login(
            String authUrl,
            RoleMapping roleMapping,
            Duration timeout,
            int failuresPerUser,
            int failuresPerAddress,
            Duration failureWindow) {
        public Login {
            require(
                    !authUrl.isBlank(),
                    "OS_AUTH_URL is not set. It is the address of Keystone, which checks every login,"
                            + " for example https://cloud.example.com:5000/v3");
            requireHttp(authUrl, "OS_AUTH_URL");
            requirePositive(timeout, "RESTORE_IDENTITY_TIMEOUT");
            require(failuresPerUser > 0, "RESTORE_LOGIN_FAILURES_PER_USER must be at least 1");
            require(failuresPerAddress > 0, "RESTORE_LOGIN_FAILURES_PER_ADDRESS must be at least 1");
            requirePositive(failureWindow, "RESTORE_LOGIN_FAILURE_WINDOW");
        }
    }

    /**
     * Where restores are read from.
     *
     * @param url address of the status service
     * @param timeout longest wait for an answer, beyond any wait that the question itself asks for
     */
    public record Status(String url, Duration timeout) {
        public Status {
            requireHttp(url, "RESTORE_STATUS_URL");
            requirePositive(timeout, "RESTORE_STATUS_TIMEOUT");
        }
    }

    /**
     * How long answers wait.
     *
     * @param plan how long a request for a plan waits for the plan, unless the client says otherwise
     * @param admission how long a request to execute waits for dispatch's decision
     * @param publish how long the broker may take to acknowledge an event
     */
    public record Waits(Duration plan, Duration admission, Duration publish) {
        public Waits {
            require(!plan.isNegative(), "RESTORE_PLAN_WAIT must not be negative");
            require(!admission.isNegative(), "RESTORE_ADMISSION_WAIT must not be negative");
            require(publish.toMillis() >= 500, "RESTORE_PUBLISH_TIMEOUT must be at least 500ms");
        }
    }

    /**
     * Settings of the topics that are created at start where they are missing.
     *
     * @param replication copies of each partition; -1 leaves it to the broker
     */
    public record Topics(int partitions, short replication) {
        public Topics {
            require(partitions > 0, "RESTORE_TOPIC_PARTITIONS must be at least 1");
            require(replication == -1 || replication > 0, "RESTORE_TOPIC_REPLICATION must be at least 1, or -1");
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    private static void requirePositive(Duration duration, String name) {
        require(duration.isPositive(), name + " must be longer than zero, for example 10s");
    }

    private static void requireHttp(String url, String name) {
        require(http(url), name + " is not an http or https address: " + url);
    }

    private static boolean http(String url) {
        try {
            URI uri = URI.create(url.strip());
            return uri.getHost() != null
                    && uri.getScheme().toLowerCase(Locale.ROOT).matches("https?");
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
