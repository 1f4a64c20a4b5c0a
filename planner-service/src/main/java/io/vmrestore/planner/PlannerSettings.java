package io.vmrestore.planner;

import io.vmrestore.common.seal.TextSeal;
import io.vmrestore.planner.audit.AuditSettings;
import io.vmrestore.planner.dispatch.DispatchSettings;
import io.vmrestore.planner.inventory.InventorySettings;
import io.vmrestore.planner.planning.PlanningSettings;
import io.vmrestore.support.access.ServiceToken;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Everything that can be set on this service; {@code planner-service.yml} binds it to environment variables. Wrong
 * values stop the start.
 *
 * @param progressTimeout how long a command may be open without a sign of life before health {@code progress} is down
 *     ({@code RESTORE_PROGRESS_TIMEOUT})
 * @param jwtSecret the key that the gateway signs tokens with ({@code RESTORE_JWT_SECRET})
 * @param encryptionKey seals user_data; executors open it with the same ({@code RESTORE_ENCRYPTION_KEY})
 */
@ConfigurationProperties("planner")
public record PlannerSettings(
        TopicSettings topics,
        DispatchSettings dispatch,
        PlanningSettings planning,
        InventorySettings inventory,
        AuditSettings audit,
        CloudProperties cloud,
        Duration progressTimeout,
        String jwtSecret,
        String encryptionKey) {

    /** @throws IllegalArgumentException naming the variable that is missing or wrong, never its value */
    public PlannerSettings {
        TextSeal.ofKey(encryptionKey);
        ServiceToken.key(jwtSecret);
        cloud.connection();
        if (progressTimeout.compareTo(planning.timeout()) <= 0) {
            throw new IllegalArgumentException("RESTORE_PROGRESS_TIMEOUT is " + progressTimeout
                    + ": it must be more than RESTORE_PLAN_TIMEOUT, " + planning.timeout()
                    + ", or a plan that is only slow would count as stuck");
        }
        if (progressTimeout.compareTo(dispatch.staleAfter()) >= 0) {
            throw new IllegalArgumentException("RESTORE_PROGRESS_TIMEOUT is " + progressTimeout
                    + ": it must be less than RESTORE_STALE_AFTER, " + dispatch.staleAfter()
                    + ", or a restore would be given up before it shows as stuck");
        }
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "PlannerSettings[topics=" + topics + ", dispatch=" + dispatch + ", planning=" + planning + ", inventory="
                + inventory + ", audit=" + audit + "]";
    }

    /**
     * How topics are created.
     *
     * @param partitions of the event topic and each command topic ({@code RESTORE_TOPIC_PARTITIONS})
     * @param replication of every topic; −1 leaves it to the broker ({@code RESTORE_TOPIC_REPLICATION})
     */
    public record TopicSettings(int partitions, short replication) {

        /** @throws IllegalArgumentException naming the setting that is out of range */
        public TopicSettings {
            if (partitions < 1) {
                throw new IllegalArgumentException(
                        "RESTORE_TOPIC_PARTITIONS is " + partitions + ": it must be at least 1");
            }
            if (replication != -1 && replication < 1) {
                throw new IllegalArgumentException("RESTORE_TOPIC_REPLICATION is " + replication
                        + ": it must be at least 1, or -1 for the broker's default");
            }
        }
    }
}
