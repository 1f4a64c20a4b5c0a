package io.vmrestore.status.nextactions;

import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.lifecycle.StepState;
import io.vmrestore.common.text.ForeignText;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The boot volume of a VM that was replaced: the only copy of what was written since the snapshot. */
final class KeptDisk {
    private KeptDisk() {}

    /** Says what it is, if it is there. Nothing is to be done about it. */
    static List<Instruction> of(JobState job, Plan plan) {
        return job.leftovers().stream()
                .filter(left -> is(job, left))
                .map(volume -> Instruction.of("Your disk as it was until " + until(job) + ": volume "
                        + (volume.name().isEmpty() ? "without a name" : ForeignText.quoted(volume.name())) + " ("
                        + plan.server().bootVolume().sizeGigabytes() + " GiB, id " + volume.id()
                        + "). It is kept and has everything that was written since the snapshot"))
                .toList();
    }

    /** Whether something that is left is that volume, and nothing that the restore made. */
    static boolean is(JobState job, Resource left) {
        return left.type() == ResourceType.VOLUME
                && job.forwardSteps()
                        .filter(step -> step.plan().action().pointOfNoReturn())
                        .flatMap(step -> step.resources().stream())
                        .anyMatch(left::same);
    }

    private static String until(JobState job) {
        Optional<Instant> deletion = job.forwardSteps()
                .filter(step -> step.plan().action().pointOfNoReturn())
                .map(StepState::startedAt)
                .filter(Objects::nonNull)
                .findFirst();
        return deletion.map(Instant::toString).orElse("the restore");
    }
}
