package io.vmrestore.executor.step.validate;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.Fingerprint;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.step.Step;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.survey.Reads;
import io.vmrestore.survey.Replaceability;
import io.vmrestore.survey.Survey;
import io.vmrestore.survey.SurveyException;
import io.vmrestore.survey.Surveyed;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Reads again what the plan was computed from, with the same eyes as planning, and refuses a plan that the cloud has
 * overtaken, or a VM that must not be replaced any more.
 *
 * <p>Safe to repeat: it only reads. Nothing to revert. Calls: Nova GET server, its attachments, flavors and the owner's
 * key pair; Cinder GET volume and snapshot; Neutron GET ports, networks, subnets and floating IPs.
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
        Plan plan = task.plan();
        Survey survey = new Survey(attempt.cloud(), openStack.admin().beside(attempt.cloud()));
        Surveyed now;
        try (Reads reads = attempt.reads()) {
            now = survey.take(reads, plan.server().id(), plan.restorePoint().id());
        } catch (SurveyException impossible) {
            throw switch (impossible.failure().kind()) {
                // No answer is none about the plan either.
                case CLOUD_TIMEOUT, CLOUD_UNAVAILABLE -> impossible;
                case PROJECT_NOT_ACCESSIBLE -> StepFailure.of(impossible);
                case PROJECT_NOT_FOUND,
                        VM_NOT_FOUND,
                        RESTORE_POINT_NOT_FOUND,
                        BOOT_FROM_IMAGE,
                        RESTORE_POINT_MISMATCH,
                        RESTORE_POINT_NOT_AVAILABLE,
                        UNPROCESSABLE,
                        PLAN_OUTDATED,
                        QUOTA_EXCEEDED,
                        ADDRESS_NOT_AVAILABLE,
                        CLOUD_REFUSED,
                        RESOURCE_FAILED,
                        DEADLINE_EXCEEDED,
                        STOPPED,
                        INTERNAL -> outdated(impossible.failure().message());
            };
        }
        List<String> changed = changed(plan.fingerprint(), now.fingerprint());
        if (!changed.isEmpty()) {
            throw outdated("changed since planning: " + String.join(", ", changed));
        }
        if (plan.mode() == RestoreMode.REPLACE) {
            List<String> objections = Replaceability.objections(now.vm());
            if (!objections.isEmpty()) {
                throw StepFailure.lasting(FailureKind.CLOUD_REFUSED, String.join("; ", objections));
            }
        }
    }

    private static List<String> changed(Fingerprint planned, Fingerprint now) {
        List<String> parts = new ArrayList<>();
        if (!planned.server().equals(now.server())) {
            parts.add("the VM");
        }
        if (!planned.restorePoint().equals(now.restorePoint())) {
            parts.add("the restore point");
        }
        if (!planned.ports().equals(now.ports())) {
            parts.add("the ports");
        }
        if (!planned.networks().equals(now.networks())) {
            parts.add("the networks");
        }
        return parts;
    }

    private static StepFailure outdated(String why) {
        return StepFailure.lasting(
                FailureKind.PLAN_OUTDATED, "The plan no longer fits the cloud: " + why + ". Make a new plan");
    }
}
