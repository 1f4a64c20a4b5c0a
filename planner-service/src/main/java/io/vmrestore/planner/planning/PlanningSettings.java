package io.vmrestore.planner.planning;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of planning.
 *
 * @param group consumer group of the plan commands; all instances share it
 * @param window most plans computed at once by this instance ({@code RESTORE_PLANNING_WINDOW})
 * @param timeout how long computing one plan may take ({@code RESTORE_PLAN_TIMEOUT})
 * @param volumeTimeout deadline of a create_volume attempt ({@code RESTORE_TIMEOUT_VOLUME})
 * @param serverTimeout deadline of a wait_active attempt ({@code RESTORE_TIMEOUT_SERVER})
 * @param deleteTimeout deadline of a delete_server attempt ({@code RESTORE_TIMEOUT_DELETE})
 */
@ConfigurationProperties("restore.planning")
public record PlanningSettings(
        String group,
        int window,
        Duration timeout,
        Duration volumeTimeout,
        Duration serverTimeout,
        Duration deleteTimeout) {

    /** @throws IllegalArgumentException naming the setting that is out of range */
    public PlanningSettings {
        if (window < 1) {
            throw new IllegalArgumentException("RESTORE_PLANNING_WINDOW is " + window + ": it must be at least 1");
        }
        requireSeconds(timeout, "RESTORE_PLAN_TIMEOUT");
        requireSeconds(volumeTimeout, "RESTORE_TIMEOUT_VOLUME");
        requireSeconds(serverTimeout, "RESTORE_TIMEOUT_SERVER");
        requireSeconds(deleteTimeout, "RESTORE_TIMEOUT_DELETE");
    }

    private static void requireSeconds(Duration duration, String variable) {
        if (duration.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    variable + " is " + duration + ": it must be at least a second, such as 20m or PT20M");
        }
    }
}
