package io.vmrestore.executor.step.checkquota;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.step.Step;
import org.springframework.stereotype.Component;

/**
 * Checks once more that the project's quotas leave room, before anything is made.
 *
 * <p>Safe to repeat: it only reads. Nothing to revert. Calls: Nova, Cinder and Neutron GET quota details.
 */
@Component
final class CheckQuota implements Step<StepTask.CheckQuota> {

    @Override
    public Action action() {
        return Action.CHECK_QUOTA;
    }

    @Override
    public Class<StepTask.CheckQuota> taskType() {
        return StepTask.CheckQuota.class;
    }

    @Override
    public void execute(StepTask.CheckQuota task, Attempt attempt) throws InterruptedException {
        LiveQuota.requireRoom(task.lines(), attempt);
    }
}
