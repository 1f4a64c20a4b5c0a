package io.vmrestore.planner.inventory;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the inventory.
 *
 * @param timeout how long reading the cloud for one answer may take ({@code RESTORE_INVENTORY_TIMEOUT})
 * @param freshness for how long answers about a project may use what was read for one before
 *     ({@code RESTORE_INVENTORY_FRESHNESS}); zero: only requests at the same time share a reading
 */
@ConfigurationProperties("restore.inventory")
public record InventorySettings(Duration timeout, Duration freshness) {

    /** @throws IllegalArgumentException naming the setting that is out of range */
    public InventorySettings {
        if (timeout.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "RESTORE_INVENTORY_TIMEOUT is " + timeout + ": it must be at least a second, such as 30s");
        }
        if (freshness.isNegative()) {
            throw new IllegalArgumentException(
                    "RESTORE_INVENTORY_FRESHNESS is " + freshness + ": it must not be negative");
        }
    }
}
