package io.vmrestore.planner.dispatch;

import io.vmrestore.common.lifecycle.DispatchPolicy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of dispatch.
 *
 * @param applicationId names the consumer group and the changelog; all instances share it
 * @param guarantee {@code RESTORE_DISPATCH_GUARANTEE}
 * @param dryRun {@code RESTORE_DRY_RUN}
 * @param cleanupVolumes {@code RESTORE_CLEANUP_VOLUMES}
 * @param staleAfter how long a restore may be silent ({@code RESTORE_STALE_AFTER})
 * @param planTtl how long a plan waits to be executed ({@code RESTORE_PLAN_TTL})
 * @param onRestart {@code RESTORE_ON_RESTART}
 * @param retention how long the state of an ended restore is kept ({@code RESTORE_DISPATCH_RETENTION})
 * @param retryRetention how long after its end what a restore may be retried with is kept, its secret among it
 *     ({@code RESTORE_RETRY_RETENTION})
 * @param sessionTimeout after which the partitions of a dead instance move ({@code RESTORE_DISPATCH_SESSION_TIMEOUT})
 * @param instanceId stable name of this instance: with it a restart gets its partitions back without waiting for the
 *     session timeout ({@code RESTORE_DISPATCH_INSTANCE_ID}); null for none
 * @param threads stream threads of this instance ({@code RESTORE_DISPATCH_THREADS})
 */
@ConfigurationProperties("restore.dispatch")
public record DispatchSettings(
        String applicationId,
        Guarantee guarantee,
        boolean dryRun,
        boolean cleanupVolumes,
        Duration staleAfter,
        Duration planTtl,
        OnRestart onRestart,
        Duration retention,
        Duration retryRetention,
        Duration sessionTimeout,
        @Nullable String instanceId,
        int threads) {

    /** @throws IllegalArgumentException naming the setting that is out of range */
    public DispatchSettings {
        requirePositive(staleAfter, "RESTORE_STALE_AFTER");
        requirePositive(planTtl, "RESTORE_PLAN_TTL");
        requirePositive(retention, "RESTORE_DISPATCH_RETENTION");
        requirePositive(retryRetention, "RESTORE_RETRY_RETENTION");
        requirePositive(sessionTimeout, "RESTORE_DISPATCH_SESSION_TIMEOUT");
        if (threads < 1) {
            throw new IllegalArgumentException("RESTORE_DISPATCH_THREADS is " + threads + ": it must be at least 1");
        }
        instanceId = instanceId == null || instanceId.isBlank() ? null : instanceId.strip();
    }

    DispatchPolicy policy() {
        return new DispatchPolicy(dryRun, cleanupVolumes);
    }

    /** How often overdue restores are looked for. */
    Duration checkInterval() {
        Duration tenth = Collections.min(List.of(staleAfter, planTtl, retention, retryRetention))
                .dividedBy(10);
        return tenth.compareTo(LONGEST_CHECK_INTERVAL) < 0 ? tenth : LONGEST_CHECK_INTERVAL;
    }

    private static final Duration LONGEST_CHECK_INTERVAL = Duration.ofSeconds(10);

    private static void requirePositive(Duration duration, String variable) {
        if (duration.isNegative() || duration.toMillis() == 0) {
            throw new IllegalArgumentException(
                    variable + " is " + duration + ": it must be a positive time such as 15m or PT15M");
        }
    }
}
