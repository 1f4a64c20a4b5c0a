package io.vmrestore.status.nextactions;

import io.vmrestore.common.contract.AttachedVolume;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.text.ClientCommand;
import java.util.ArrayList;
import java.util.List;

/**
 * What is left for a person to do after a restore has ended: sentences, and commands of the stock {@code openstack}
 * client that can be pasted as they are.
 */
public final class NextActions {
    private NextActions() {}

    /** Empty while the restore goes on, and where nothing is left to do. */
    public static List<Instruction> of(JobState job) {
        Plan plan = job.plan();
        if (plan == null) {
            return List.of();
        }
        return switch (job.status()) {
            case PLANNING, PLANNED, PENDING, RUNNING, DRY_RUN -> List.of();
            case COMPLETED -> afterSuccess(job, plan);
            case FAILED, CANCELLED, INTERRUPTED ->
                job.pastPointOfNoReturn() ? FinishByHand.of(job, plan) : Cleanup.of(job, plan);
        };
    }

    private static List<Instruction> afterSuccess(JobState job, Plan plan) {
        List<Instruction> actions = new ArrayList<>();
        RestoreResult result = job.result();
        if (plan.mode() == RestoreMode.REPLACE && result != null) {
            plan.server().attachments().stream()
                    .filter(volume -> !volume.boot())
                    .map(AttachedVolume::volumeId)
                    .map(volume -> Instruction.of(
                            "Attach data volume again",
                            ClientCommand.in(plan.projectId(), "server add volume")
                                    .about(result.serverId())
                                    .about(volume)))
                    .forEach(actions::add);
        }
        actions.addAll(KeptDisk.of(job, plan));
        actions.addAll(Cleanup.of(job, plan));
        return List.copyOf(actions);
    }
}
