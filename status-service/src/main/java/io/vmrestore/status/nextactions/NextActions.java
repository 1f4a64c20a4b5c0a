package io.vmrestore.status.nextactions;

import io.vmrestore.common.contract.AttachedVolume;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.lifecycle.JobState;
import java.util.ArrayList;
import java.util.List;

/**
 * What is left for a person to do after a restore has ended: sentences, and commands of the stock {@code openstack}
 * client that can be pasted as they are.
 */
public final class NextActions {
    private NextActions() {}

    /** Empty while the restore goes on, and where nothing is left to do. */
    public static List<String> of(JobState job) {
        Plan plan = job.plan();
        if (plan == null) {
            return List.of();
        }
        return switch (job.status()) {
            case PLANNING, PLANNED, PENDING, RUNNING, DRY_RUN -> List.of();
            case COMPLETED -> afterSuccess(job, plan);
            case FAILED, CANCELLED, INTERRUPTED -> job.pastPointOfNoReturn() ? FinishByHand.of(job, plan) : tidyUp(job);
        };
    }

    private static List<String> afterSuccess(JobState job, Plan plan) {
        List<String> actions = new ArrayList<>();
        RestoreResult result = job.result();
        if (plan.mode() == RestoreMode.REPLACE && result != null) {
            plan.server().attachments().stream()
                    .filter(volume -> !volume.boot())
                    .map(AttachedVolume::volumeId)
                    .map(volume -> "Attach data volume again: "
                            + Shell.command("openstack", "server", "add", "volume", result.serverId(), volume))
                    .forEach(actions::add);
        }
        job.leftovers().stream()
                .map(left -> "Delete when no longer needed: " + deletion(left))
                .forEach(actions::add);
        return List.copyOf(actions);
    }

    private static List<String> tidyUp(JobState job) {
        return job.leftovers().stream()
                .map(left -> "Delete what was left behind, if it is not needed: " + deletion(left))
                .toList();
    }

    static String deletion(Resource left) {
        return switch (left.type()) {
            case SERVER -> Shell.command("openstack", "server", "delete", left.id());
            case VOLUME -> Shell.command("openstack", "volume", "delete", left.id());
            case PORT -> Shell.command("openstack", "port", "delete", left.id());
            case KEY_PAIR -> Shell.command("openstack", "keypair", "delete", left.id());
        };
    }
}
