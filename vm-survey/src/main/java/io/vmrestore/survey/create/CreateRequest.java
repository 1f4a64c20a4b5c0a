package io.vmrestore.survey.create;

import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.SourceServer;
import java.util.List;

/**
 * What a restore will ask of the cloud.
 *
 * @param newName the name of the new server
 * @param volumeGigabytes size of its boot volume, in GiB
 * @param nics the interfaces as they will be asked for
 */
public record CreateRequest(
        RestoreMode mode,
        IpStrategy ipStrategy,
        String newName,
        SourceServer source,
        int volumeGigabytes,
        List<NicPlan> nics) {

    /** What the plan's steps will ask for. */
    public static CreateRequest of(Plan plan) {
        return new CreateRequest(
                plan.mode(),
                plan.ipStrategy(),
                plan.newName(),
                plan.server(),
                plan.restorePoint().sizeGigabytes(),
                plan.nics());
    }

    /** Whether the original is gone by the time of the calls, so that one that is refused costs a VM. */
    boolean destroysFirst() {
        return mode == RestoreMode.REPLACE;
    }
}
