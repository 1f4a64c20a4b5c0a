package io.vmrestore.executor.step;

import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.common.seal.TextSeal;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.failure.CloudException;
import org.jspecify.annotations.Nullable;

/** Every step there is. */
public final class Steps {
    private final Validate validate;
    private final CheckQuota checkQuota = new CheckQuota();
    private final CreateVolume createVolume;
    private final DeleteServer deleteServer;
    private final CreatePort createPort = new CreatePort();
    private final CreateServer createServer;
    private final WaitActive waitActive;
    private final Finalize finalizeStep = new Finalize();
    private final RollbackServer rollbackServer;
    private final RollbackPort rollbackPort = new RollbackPort();
    private final RollbackVolume rollbackVolume;

    /**
     * Steps that share their pollers.
     *
     * @param seal opens user_data
     */
    public Steps(OpenStack openStack, StatusPollers pollers, TextSeal seal) {
        validate = new Validate(openStack);
        createVolume = new CreateVolume(pollers);
        deleteServer = new DeleteServer(pollers);
        createServer = new CreateServer(seal);
        waitActive = new WaitActive(pollers);
        rollbackServer = new RollbackServer(pollers);
        rollbackVolume = new RollbackVolume(pollers);
    }

    /**
     * Carries a task out.
     *
     * @return the restore's result after finalize, null after every other step
     * @throws StepFailure if it cannot be done
     * @throws CloudException if the cloud refused or failed
     * @throws InterruptedException if the attempt is no longer ours
     */
    public @Nullable RestoreResult execute(StepTask task, Attempt attempt) throws InterruptedException {
        switch (task) {
            case StepTask.Validate validation -> validate.execute(validation, attempt);
            case StepTask.CheckQuota check -> checkQuota.execute(check, attempt);
            case StepTask.CreateVolume creation -> createVolume.execute(creation, attempt);
            case StepTask.DeleteServer deletion -> deleteServer.execute(deletion, attempt);
            case StepTask.CreatePort creation -> createPort.execute(creation, attempt);
            case StepTask.CreateServer creation -> createServer.execute(creation, attempt);
            case StepTask.WaitActive wait -> waitActive.execute(wait, attempt);
            case StepTask.Finalize last -> {
                return finalizeStep.execute(last, attempt);
            }
            case StepTask.RollbackServer rollback -> rollbackServer.execute(rollback, attempt);
            case StepTask.RollbackPort rollback -> rollbackPort.execute(rollback, attempt);
            case StepTask.RollbackVolume rollback -> rollbackVolume.execute(rollback, attempt);
        }
        return null;
    }

    /**
     * Ends a step before it began, because its restore is being stopped: an earlier attempt may have made something
     * that nobody has heard of, and it must not stay without a name.
     *
     * @throws StepFailure of kind STOPPED, always
     * @throws CloudException if it cannot be looked up
     */
    public void stopBefore(StepTask task, Attempt attempt) {
        nameMade(task, attempt);
        throw StopSignal.stopped();
    }

    /**
     * Names what the step has made, whichever attempt or executor it was.
     *
     * @throws CloudException if it cannot be looked up
     */
    public void nameMade(StepTask task, Attempt attempt) {
        switch (task) {
            case StepTask.CreateVolume creation -> createVolume.nameMade(creation, attempt);
            case StepTask.CreatePort creation -> createPort.nameMade(creation, attempt);
            case StepTask.CreateServer creation -> createServer.nameMade(creation, attempt);
            case StepTask.Validate _,
                    StepTask.CheckQuota _,
                    StepTask.DeleteServer _,
                    StepTask.WaitActive _,
                    StepTask.Finalize _,
                    StepTask.RollbackServer _,
                    StepTask.RollbackPort _,
                    StepTask.RollbackVolume _ -> {
                // They make nothing.
            }
        }
    }
}
