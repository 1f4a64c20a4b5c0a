package io.vmrestore.status.nextactions;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.lifecycle.StepState;
import io.vmrestore.common.text.ClientCommand;
import io.vmrestore.common.text.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an operator brings a VM back whose original is deleted and whose restore did not come to its end. */
final class FinishByHand {
    private final JobState job;
    private final Plan plan;
    private final SourceServer original;
    private final List<Instruction> todo = new ArrayList<>();

    private FinishByHand(JobState job, Plan plan) {
        this.job = job;
        this.plan = plan;
        original = plan.server();
    }

    static List<Instruction> of(JobState job, Plan plan) {
        FinishByHand byHand = new FinishByHand(job, plan);
        byHand.beginning();
        byHand.serverOfTheRestore();
        byHand.finish();
        return List.copyOf(byHand.todo);
    }

    private void beginning() {
        String vm = "The original VM " + ForeignText.quoted(original.name()) + " (" + original.id() + ") ";
        String onward = "finish the restore with these commands, in one shell, in project "
                + ForeignText.quoted(plan.projectName()) + " (" + plan.projectId() + ")";
        if (job.originalDeleted()) {
            todo.add(Instruction.of(
                    vm + "is deleted. Its disk as of the snapshot is on volume " + volume() + "; " + onward));
            return;
        }
        todo.add(Instruction.of(
                vm + "was asked to be deleted; see whether it is gone before anything else", show(original.id())));
        todo.addAll(Cleanup.of(job, plan, "If it is still there, only delete what the restore made"));
        todo.add(Instruction.of("If it is gone, " + onward));
    }

    private void serverOfTheRestore() {
        left(Action.CREATE_SERVER, null).ifPresent(server -> {
            todo.add(Instruction.of("The restored server exists; see how it is", show(server)));
            todo.add(Instruction.of(
                    "If it does not come up, delete it and make it again, its volume and ports stay",
                    ClientCommand.in(plan.projectId(), "server delete")
                            .flag("--wait")
                            .about(server)));
        });
    }

    private void finish() {
        RemadeServer server = new RemadeServer(job, plan, volume());
        for (NicPlan nic : plan.nics()) {
            Optional<String> made = left(Action.CREATE_PORT, nic.index());
            if (made.isPresent()) {
                server.plugIn(nic, made.get());
            } else {
                RemadePort port = new RemadePort(plan, nic, job.jobId());
                todo.add(new Instruction("Make the port of interface " + nic.index(), port.command()));
                server.plugIn(nic, port.reference());
                todo.addAll(port.floatingIps());
            }
        }
        todo.addAll(server.instructions());
        if (job.originalDeleted()) {
            todo.addAll(Cleanup.ofKeyPair(job, plan));
        }
        todo.addAll(KeptDisk.of(job, plan));
    }

    private ClientCommand show(String server) {
        return ClientCommand.in(plan.projectId(), "server show").about(server);
    }

    /** Its name leads to it as well. */
    private String volume() {
        return left(Action.CREATE_VOLUME, null).orElse(plan.volumeName());
    }

    private Optional<String> left(Action action, @Nullable Integer nic) {
        return job.forwardSteps()
                .filter(step -> step.plan().action() == action)
                .filter(step -> nic == null || nic.equals(step.plan().nic()))
                .map(StepState::made)
                .filter(Objects::nonNull)
                .filter(id ->
                        job.leftovers().stream().anyMatch(kept -> kept.id().equals(id)))
                .findFirst();
    }
}
