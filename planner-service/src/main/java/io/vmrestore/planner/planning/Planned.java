package io.vmrestore.planner.planning;

import io.vmrestore.common.contract.Plan;
import org.jspecify.annotations.Nullable;

/**
 * What planning has found out.
 *
 * @param plan without user_data
 * @param userData of the original, in base64 as Nova tells it, in clear: it is sealed before it leaves the process;
 *     null if there is none
 */
record Planned(Plan plan, @Nullable String userData) {

    /** Shows no user_data. */
    @Override
    public String toString() {
        return "Planned[plan=" + plan + "]";
    }
}
