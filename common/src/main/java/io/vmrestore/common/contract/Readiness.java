package io.vmrestore.common.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a plan can be taken for what it promises. */
public enum Readiness {
    /** It may be executed, and nothing is known that would make it fail. */
    READY,
    /** It may be executed and will fail as things are. */
    WILL_FAIL,
    /** It may not be executed. */
    NOT_ELIGIBLE;

    /** The one verdict that lists and single jobs share; null where neither a plan nor a row tells. */
    public static @Nullable Readiness of(@Nullable Boolean eligible, @Nullable List<WarningSeverity> severities) {
        if (eligible == null) {
            return null;
        }
        if (!eligible) {
            return NOT_ELIGIBLE;
        }
        return severities != null && severities.contains(WarningSeverity.BLOCKS) ? WILL_FAIL : READY;
    }
}
