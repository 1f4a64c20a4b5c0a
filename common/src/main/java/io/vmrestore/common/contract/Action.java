package io.vmrestore.common.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Arrays;

/** What a step does. Each action has a topic for its commands and a class in the executor that carries it out. */
public enum Action {
    VALIDATE("validate", 3, Duration.ofMinutes(2)),
    CHECK_QUOTA("check_quota", 3, Duration.ofMinutes(2)),
    CREATE_VOLUME("create_volume", 3, Duration.ofMinutes(20)),
    DELETE_SERVER("delete_server", 5, Duration.ofMinutes(10)),
    CREATE_PORT("create_port", 3, Duration.ofMinutes(2)),
    CREATE_SERVER("create_server", 3, Duration.ofMinutes(5)),
    WAIT_ACTIVE("wait_active", 2, Duration.ofMinutes(10)),
    FINALIZE("finalize", 3, Duration.ofMinutes(2)),
    ROLLBACK_SERVER("rollback_server", 5, Duration.ofMinutes(10)),
    ROLLBACK_PORT("rollback_port", 5, Duration.ofMinutes(10)),
    ROLLBACK_VOLUME("rollback_volume", 5, Duration.ofMinutes(10));

    private final String wireName;
    private final int maxAttempts;
    private final Duration timeout;

    Action(String wireName, int maxAttempts, Duration timeout) {
        this.wireName = wireName;
        this.maxAttempts = maxAttempts;
        this.timeout = timeout;
    }

    /** The name in events, tables, topics and answers, such as {@code create_volume}. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** How often dispatch commands the step before its failure is final, unless the plan says otherwise. */
    public int maxAttempts() {
        return maxAttempts;
    }

    /** How long one attempt may take, unless the plan says otherwise. */
    public Duration timeout() {
        return timeout;
    }

    /** Whether the action removes what a failed restore made. */
    public boolean rollback() {
        return switch (this) {
            case ROLLBACK_SERVER, ROLLBACK_PORT, ROLLBACK_VOLUME -> true;
            case VALIDATE,
                    CHECK_QUOTA,
                    CREATE_VOLUME,
                    DELETE_SERVER,
                    CREATE_PORT,
                    CREATE_SERVER,
                    WAIT_ACTIVE,
                    FINALIZE -> false;
        };
    }

    /**
     * Finds an action by its name in events and commands.
     *
     * @throws IllegalArgumentException if no action has this name
     */
    @JsonCreator
    public static Action ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(action -> action.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown action '" + wireName + "'"));
    }
}
