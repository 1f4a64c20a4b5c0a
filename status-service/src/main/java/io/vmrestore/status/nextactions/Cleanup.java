package io.vmrestore.status.nextactions;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.StepStatus;
import io.vmrestore.common.lifecycle.JobState;
import java.util.Comparator;
import java.util.List;

/**
 * The commands that delete what a restore left behind, in an order that the cloud accepts: a server holds its ports and
 * its volume, so it goes first and is waited for.
 */
final class Cleanup {
    private Cleanup() {}

    static List<String> of(JobState job, Plan plan) {
        return job.leftovers().stream()
                .filter(left -> !KeptDisk.is(job, left))
                .sorted(Comparator.comparing(left -> place(left.type())))
                .map(left -> sentence(job, left) + ": " + command(plan, left))
                .toList();
    }

    private static int place(ResourceType type) {
        return switch (type) {
            case SERVER -> 0;
            case PORT -> 1;
            case VOLUME -> 2;
            case KEY_PAIR -> 3;
        };
    }

    private static String sentence(JobState job, Resource left) {
        return switch (left.type()) {
            case SERVER, PORT -> "Delete what was left behind, if it is not needed";
            case VOLUME ->
                finished(job, left)
                        ? "Delete what was left behind, if it is not needed"
                        : "Delete what was left behind, if it is not needed, once its status is available or error";
            case KEY_PAIR -> "Delete the key pair that was imported for the restore, as an administrator";
        };
    }

    /** Cinder refuses to delete a volume that it is still making. */
    private static boolean finished(JobState job, Resource volume) {
        return job.forwardSteps()
                .filter(step -> step.plan().action() == Action.CREATE_VOLUME)
                .filter(step -> step.status() == StepStatus.COMPLETED)
                .anyMatch(step -> step.resources().stream().anyMatch(volume::same));
    }

    private static String command(Plan plan, Resource left) {
        return switch (left.type()) {
            case SERVER -> Client.of(plan, "server", "delete", "--wait", left.id());
            case PORT -> Client.of(plan, "port", "delete", left.id());
            case VOLUME -> Client.of(plan, "volume", "delete", left.id());
            // Nova shows a key pair to its owner alone; an administrator may name the owner since version 2.10.
            case KEY_PAIR ->
                "openstack --os-compute-api-version 2.10 keypair delete"
                        + " --user \"${SNAPSHOT_SERVICE_USER_EMAIL:-$OS_USERNAME}\""
                        + " --user-domain \"${SNAPSHOT_SERVICE_USER_DOMAIN:-Default}\" " + Shell.command(left.id());
        };
    }
}
