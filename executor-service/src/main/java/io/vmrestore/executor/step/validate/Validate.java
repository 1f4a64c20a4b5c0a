package io.vmrestore.executor.step.validate;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.step.Step;
import io.vmrestore.openstack.OpenStack;
import org.springframework.stereotype.Component;

/**
 * Reads again what the plan was computed from, with the same eyes as planning, and refuses a plan that the cloud has
 * overtaken, a VM that must not be replaced any more, or a request that the cloud would refuse.
 *
 * <p>Safe to repeat: it only reads. Nothing to revert. Calls: Nova GET server, its attachments, flavors, the owner's
 * key pair, limits, zones, server group and key pairs; Cinder GET volume and snapshot; Neutron GET ports, networks,
 * subnets and floating IPs.
 */
@Component
final class Validate implements Step<StepTask.Validate> {
    private final OpenStack openStack;

    Validate(OpenStack openStack) {
        this.openStack = openStack;
    }

    @Override
    public Action action() {
        return Action.VALIDATE;
    }

    @Override
    public Class<StepTask.Validate> taskType() {
        return StepTask.Validate.class;
    }

    @Override
    public void execute(StepTask.Validate task, Attempt attempt) throws InterruptedException {
        new PlanTruth(task.plan(), attempt, openStack).require();
    }
}
