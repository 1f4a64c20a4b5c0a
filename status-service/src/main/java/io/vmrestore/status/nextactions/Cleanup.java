package io.vmrestore.status.nextactions;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.StepStatus;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.text.ClientCommand;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The commands that delete what a restore left behind, in an order that the cloud accepts: a server holds its ports and
 * its volume, so it goes first and is waited for.
 */
final class Cleanup {
    private Cleanup() {}

    static List<Instruction> of(JobState job, Plan plan) {
        return of(job, plan, "Delete what was left behind, if it is not needed");
    }

    /** The same with another sentence before the commands. */
    static List<Instruction> of(JobState job, Plan plan, String sentence) {
        return ordered(job)
                .map(left -> Instruction.of(
                        switch (left.type()) {
                            case SERVER, PORT -> sentence;
                            case VOLUME -> sentence + condition(job, left);
                            case KEY_PAIR -> asOwner(job);
                        },
                        command(job, plan, left)))
                .toList();
    }

    /** Only the key pair that was imported for the restored server. */
    static List<Instruction> ofKeyPair(JobState job, Plan plan) {
        return of(job, plan).stream()
                .filter(todo -> todo.command() != null && todo.command().contains(" keypair delete "))
                .toList();
    }

    private static Stream<Resource> ordered(JobState job) {
        return job.leftovers().stream()
                .filter(left -> !KeptDisk.is(job, left))
                .sorted(Comparator.comparing(left -> place(left.type())));
    }

    private static int place(ResourceType type) {
        return switch (type) {
            case SERVER -> 0;
            case PORT -> 1;
            case VOLUME -> 2;
            case KEY_PAIR -> 3;
        };
    }

    private static String condition(JobState job, Resource volume) {
        if (stuck(job)) {
            return ", as an administrator: Cinder could not delete it before and refuses others since";
        }
        return finished(job, volume) ? "" : ", once its status is available or error";
    }

    /** After a failed deletion Cinder takes only one that is forced. */
    private static boolean stuck(JobState job) {
        return job.rollbackSteps()
                .filter(step -> step.plan().action() == Action.ROLLBACK_VOLUME)
                .anyMatch(step -> "error_deleting".equals(step.detail().get("volume_status")));
    }

    /** Cinder refuses to delete a volume that it is still making. */
    private static boolean finished(JobState job, Resource volume) {
        return job.forwardSteps()
                .filter(step -> step.plan().action() == Action.CREATE_VOLUME)
                .filter(step -> step.status() == StepStatus.COMPLETED)
                .anyMatch(step -> step.resources().stream().anyMatch(volume::same));
    }

    private static ClientCommand command(JobState job, Plan plan, Resource left) {
        String project = plan.projectId();
        return switch (left.type()) {
            case SERVER ->
                ClientCommand.in(project, "server delete").flag("--wait").about(left.id());
            case PORT -> ClientCommand.in(project, "port delete").about(left.id());
            case VOLUME -> {
                ClientCommand delete = ClientCommand.in(project, "volume delete");
                yield (stuck(job) ? delete.flag("--force") : delete).about(left.id());
            }
            case KEY_PAIR -> ClientCommand.in(project, "keypair delete").about(left.id());
        };
    }

    /**
     * An administrator cannot delete it with the client: that has an option for the owner, which its earlier releases
     * do not send to Nova.
     */
    private static String asOwner(JobState job) {
        Optional<String> owner = job.steps().stream()
                .map(step -> step.detail().get(StepProgressed.KEY_PAIR_OWNER))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst();
        return "Delete the key pair that was imported for the restore, signed in as the user to whom it belongs: the"
                + " one that the restore acted as"
                + owner.map(id -> " (" + id + ")").orElse("");
    }
}
