package io.vmrestore.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What can be set on the gateway alone, bound from the environment through {@code api-gateway.yml} and checked at
 * start.
 *
 * @param enabled whether the paths below /restore exist
 * @param dryRun whether executions are only pretended; shown to clients, obeyed by dispatch
 * @param cleanupVolumes whether a failed restore's volume is removed; shown to clients, obeyed by dispatch
 * @param serviceUserEmail name of the service user, empty if none is configured; shown as yes or no
 * @param tokenLifetime how long an access token that it issues is valid
 */
@ConfigurationProperties("restore.gateway")
public record GatewaySettings(
        boolean enabled,
        boolean dryRun,
        boolean cleanupVolumes,
        String serviceUserEmail,
        Duration tokenLifetime,
        Login login,
        Issuer issuer,
        Status status,
        Planner planner,
        Waits waits,
        Limits limits) {

    public GatewaySettings {
        requirePositive(tokenLifetime, "RESTORE_TOKEN_LIFETIME");
    }

    /**
     * Signing in through Keystone, and by Keystone's own tokens.
     *
     * @param authUrl Keystone's address, with or without /v3
     * @param roles which Keystone role gives which role here
     * @param tokenCache how long a Keystone token counts as valid before Keystone is asked again; zero: not at all
     * @param timeout longest wait for one answer of Keystone or of an outside issuer
     * @param failuresPerUser failed logins of one user within the window before the next is refused unseen
     * @param failuresPerAddress the same for one client address
     * @param failureWindow how long a failed login counts
     */
    public record Login(
            String authUrl,
            String roles,
            Duration tokenCache,
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
            RoleMapping.read("RESTORE_ROLE_MAPPING", roles);
            require(!tokenCache.isNegative(), "RESTORE_KEYSTONE_TOKEN_CACHE must not be negative");
            requirePositive(timeout, "RESTORE_IDENTITY_TIMEOUT");
            require(failuresPerUser > 0, "RESTORE_LOGIN_FAILURES_PER_USER must be at least 1");
            require(failuresPerAddress > 0, "RESTORE_LOGIN_FAILURES_PER_ADDRESS must be at least 1");
            requirePositive(failureWindow, "RESTORE_LOGIN_FAILURE_WINDOW");
        }

        public RoleMapping roleMapping() {
            return RoleMapping.read("RESTORE_ROLE_MAPPING", roles);
        }
    }

    /**
     * An OIDC issuer outside whose access tokens are accepted beside our own.
     *
     * @param location the issuer as its tokens name it, which is where discovery begins; empty: there is none
     * @param audience who the tokens must be meant for; without it any application's token would do
     * @param nameClaim the claim with the name that jobs remember
     * @param roleClaim the claim with the role or roles; a path such as realm_access.roles reaches into objects
     * @param roles which of those gives which role here
     */
    public record Issuer(String location, String audience, String nameClaim, String roleClaim, String roles) {
        public Issuer {
            RoleMapping.read("RESTORE_JWT_ROLE_MAPPING", roles);
            if (!location.isBlank()) {
                requireHttp(location, "RESTORE_JWT_ISSUER");
                require(
                        !audience.isBlank(),
                        "RESTORE_JWT_AUDIENCE is not set. It says which of the tokens of RESTORE_JWT_ISSUER are meant"
                                + " for this system: set it to the audience (claim aud) of its access tokens");
                require(!nameClaim.isBlank(), "RESTORE_JWT_NAME_CLAIM must not be empty; the default is sub");
                require(!roleClaim.isBlank(), "RESTORE_JWT_ROLE_CLAIM must not be empty; the default is roles");
            }
        }

        public boolean configured() {
            return !location.isBlank();
        }

        public RoleMapping roleMapping() {
            return RoleMapping.read("RESTORE_JWT_ROLE_MAPPING", roles);
        }
    }

    /**
     * Where restores are read from.
     *
     * @param url address of the status service
     * @param timeout longest wait for an answer, beyond any wait that the question itself asks for
     * @param claimLifetime how long a request with an Idempotency-Key is remembered
     */
    public record Status(String url, Duration timeout, Duration claimLifetime) {
        public Status {
            requirePositive(claimLifetime, "RESTORE_IDEMPOTENCY_LIFETIME");
            requireHttp(url, "RESTORE_STATUS_URL");
            requirePositive(timeout, "RESTORE_STATUS_TIMEOUT");
        }
    }

    /**
     * Where it is read what there is to restore.
     *
     * @param url address of the planner service
     * @param timeout longest wait for an answer; more than it may itself wait for the cloud
     */
    public record Planner(String url, Duration timeout) {
        public Planner {
            requireHttp(url, "RESTORE_PLANNER_URL");
            requirePositive(timeout, "RESTORE_PLANNER_TIMEOUT");
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
     * How many restores may be at work at once: being planned or executed.
     *
     * @param active in all projects together
     * @param activePerProject in one project
     */
    public record Limits(int active, int activePerProject) {
        public Limits {
            require(active > 0, "RESTORE_MAX_ACTIVE must be at least 1, not " + active);
            require(activePerProject > 0, "RESTORE_MAX_ACTIVE_PER_PROJECT must be at least 1, not " + activePerProject);
            require(
                    activePerProject <= active,
                    "RESTORE_MAX_ACTIVE_PER_PROJECT is " + activePerProject + " and RESTORE_MAX_ACTIVE " + active
                            + ": one project cannot have more restores at work than all together");
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
