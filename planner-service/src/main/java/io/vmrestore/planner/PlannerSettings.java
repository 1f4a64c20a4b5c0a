package io.vmrestore.planner;

import io.vmrestore.planner.audit.AuditSettings;
import io.vmrestore.planner.dispatch.DispatchSettings;
import io.vmrestore.planner.inventory.InventorySettings;
import io.vmrestore.planner.planning.PlanningSettings;
import io.vmrestore.support.access.TokenSettings;
import io.vmrestore.support.health.ProgressSettings;
import io.vmrestore.support.seal.EncryptionSettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/**
 * Everything that can be set on this service, one record for each part; {@code planner-service.yml} binds them to
 * environment variables. Each is checked where it is bound, and here what they must be to each other. Wrong values stop
 * the start.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    AuditSettings.class,
    DispatchSettings.class,
    EncryptionSettings.class,
    InventorySettings.class,
    PlanningSettings.class,
    ProgressSettings.class,
    TokenSettings.class
})
class PlannerSettings {

    /** @throws IllegalArgumentException naming the two variables that contradict each other */
    PlannerSettings(ProgressSettings progress, PlanningSettings planning, DispatchSettings dispatch) {
        progress.requireMoreThan(
                planning.timeout(), "RESTORE_PLAN_TIMEOUT", "a plan that is only slow would count as stuck");
        progress.requireLessThan(
                dispatch.staleAfter(), "RESTORE_STALE_AFTER", "a restore would be given up before it shows as stuck");
    }
}
