package io.vmrestore.planner.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the audit.
 *
 * @param interval between the end of one audit and the next ({@code RESTORE_AUDIT_INTERVAL})
 */
@ConfigurationProperties("restore.audit")
public record AuditSettings(Duration interval) {

    /** @throws IllegalArgumentException naming the setting that is out of range */
    public AuditSettings {
        if (interval.toMillis() < 1000) {
            throw new IllegalArgumentException(
                    "RESTORE_AUDIT_INTERVAL is " + interval + ": it must be at least a second, such as 10m or PT10M");
        }
    }
}
