package io.vmrestore.executor.step.validate;

import io.vmrestore.common.contract.Carried;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.survey.PlanDrift;
import io.vmrestore.survey.Reads;
import io.vmrestore.survey.Replaceability;
import io.vmrestore.survey.Survey;
import io.vmrestore.survey.SurveyException;
import io.vmrestore.survey.Surveyed;
import io.vmrestore.survey.SurveyedVm;
import io.vmrestore.survey.create.CreateFacts;
import io.vmrestore.survey.create.CreateProof;
import io.vmrestore.survey.create.CreateRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a plan is still true, and whether the cloud will accept everything that its steps will send: asked before
 * anything is made, and again right before an original is deleted. Both are judged with the eyes of planning.
 */
public final class PlanTruth {
    private final Plan plan;
    private final Attempt attempt;
    private final OpenStack openStack;

    /** @param openStack whose admin credentials read key pairs of other users */
    public PlanTruth(Plan plan, Attempt attempt, OpenStack openStack) {
        this.plan = plan;
        this.attempt = attempt;
        this.openStack = openStack;
    }

    /** How the VM and its restore point are read. */
    private interface Reading {
        Surveyed take(Survey survey, Reads reads) throws InterruptedException;
    }

    /**
     * Reads VM and restore point again.
     *
     * @throws StepFailure if the plan is not true any more, or could not be carried out
     */
    void require() throws InterruptedException {
        require((survey, reads) ->
                survey.take(reads, plan.server().id(), plan.restorePoint().id()));
    }

    /**
     * Reads the VM again; the restore point is in the new volume by now.
     *
     * @return the VM as it is
     * @throws StepFailure as in {@link #require()}
     */
    public SurveyedVm requireOfVm() throws InterruptedException {
        return require((survey, reads) -> survey.again(reads, plan));
    }

    private SurveyedVm require(Reading reading) throws InterruptedException {
        Survey survey = new Survey(attempt.cloud(), openStack.admin().beside(attempt.cloud()));
        try (Reads reads = attempt.reads()) {
            CreateFacts.Begun facts = CreateFacts.begin(reads, attempt.cloud());
            Surveyed now = reading.take(survey, reads);
            requireUnchanged(now);
            if (plan.mode() == RestoreMode.REPLACE) {
                List<String> objections = Replaceability.objections(now.vm());
                if (!objections.isEmpty()) {
                    throw StepFailure.lasting(FailureKind.CLOUD_REFUSED, String.join("; ", objections));
                }
            }
            requireAccepted(CreateProof.of(
                    CreateRequest.of(plan), now.vm(), facts.of(now.vm().server())));
            return now.vm();
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
    }

    private void requireUnchanged(Surveyed now) {
        List<String> changed = PlanDrift.of(plan, now);
        if (!changed.isEmpty()) {
            throw outdated("changed since planning: " + String.join(", ", changed));
        }
    }

    /** What the plan says is left out, and nothing else, may be left out. */
    private void requireAccepted(CreateProof proof) {
        List<String> refused = new ArrayList<>(proof.reasons());
        Carried planned = plan.carried();
        List<String> plannedWithout = planned == null ? List.of() : planned.leftOut();
        List<String> newlyRefused = new ArrayList<>(proof.carried().leftOut());
        newlyRefused.removeAll(plannedWithout);
        if (!newlyRefused.isEmpty()) {
            refused.addAll(proof.warnings());
        }
        if (!refused.isEmpty()) {
            throw outdated("the cloud would refuse what it asks for: " + String.join("; ", refused));
        }
    }

    private static StepFailure outdated(String why) {
        return StepFailure.lasting(
                FailureKind.PLAN_OUTDATED, "The plan no longer fits the cloud: " + why + ". Make a new plan");
    }
}
