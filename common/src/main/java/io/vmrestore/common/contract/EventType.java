package io.vmrestore.common.contract;

import static io.vmrestore.common.contract.EventType.Fact.ANSWERS;
import static io.vmrestore.common.contract.EventType.Fact.ENDS;

import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRefused;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.PlanRejected;
import io.vmrestore.common.contract.RestoreEvent.RedriveRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreCancelled;
import io.vmrestore.common.contract.RestoreEvent.RestoreCompleted;
import io.vmrestore.common.contract.RestoreEvent.RestoreDryRun;
import io.vmrestore.common.contract.RestoreEvent.RestoreFailed;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreStarted;
import io.vmrestore.common.contract.RestoreEvent.RollbackStarted;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreEvent.StepSkipped;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import java.util.Set;

/**
 * The catalog of events, in the order of a restore's life. Codec, topic readers and tests know events by it alone, so
 * that a new one is seen by all of them.
 */
public enum EventType {
    RESTORE_REQUESTED("RestoreRequested", RestoreRequested.class),
    PLAN_CREATED("PlanCreated", PlanCreated.class, ANSWERS),
    PLAN_REJECTED("PlanRejected", PlanRejected.class, ANSWERS),
    EXECUTION_REQUESTED("ExecutionRequested", ExecutionRequested.class),
    EXECUTION_REFUSED("ExecutionRefused", ExecutionRefused.class),
    RESTORE_STARTED("RestoreStarted", RestoreStarted.class),
    STEP_STARTED("StepStarted", StepStarted.class),
    STEP_PROGRESSED("StepProgressed", StepProgressed.class),
    STEP_COMPLETED("StepCompleted", StepCompleted.class, ANSWERS),
    STEP_FAILED("StepFailed", StepFailed.class, ANSWERS),
    STEP_SKIPPED("StepSkipped", StepSkipped.class),
    CANCELLATION_REQUESTED("CancellationRequested", CancellationRequested.class),
    REDRIVE_REQUESTED("RedriveRequested", RedriveRequested.class),
    ROLLBACK_STARTED("RollbackStarted", RollbackStarted.class),
    RESTORE_COMPLETED("RestoreCompleted", RestoreCompleted.class, ENDS),
    RESTORE_FAILED("RestoreFailed", RestoreFailed.class, ENDS),
    RESTORE_CANCELLED("RestoreCancelled", RestoreCancelled.class, ENDS),
    RESTORE_INTERRUPTED("RestoreInterrupted", RestoreInterrupted.class, ENDS),
    RESTORE_DRY_RUN("RestoreDryRun", RestoreDryRun.class);

    /** What may be true of a type of event. */
    enum Fact {
        ANSWERS,
        ENDS
    }

    private final String wireName;
    private final Class<? extends RestoreEvent> record;
    private final Set<Fact> facts;

    EventType(String wireName, Class<? extends RestoreEvent> record, Fact... facts) {
        this.wireName = wireName;
        this.record = record;
        this.facts = Set.of(facts);
    }

    /** The name in ids, types and schemas, such as {@code PlanCreated}. Never changed: subscribers know it. */
    public String wireName() {
        return wireName;
    }

    /** The record that holds such an event. */
    public Class<? extends RestoreEvent> record() {
        return record;
    }

    /** Whether it is the last answer to a command: to plan, or to carry out one attempt of one step. */
    public boolean answers() {
        return facts.contains(ANSWERS);
    }

    /**
     * Whether a restore whose steps are at work has ended with it, so that none of them is to be carried out any more.
     * An event that ends a restore only before its first step, such as a late PlanRejected of a planner that was
     * overtaken, is ignored by then and proves nothing.
     */
    public boolean terminal() {
        return facts.contains(ENDS);
    }

    /**
     * The id of such an event, or what it begins with where there may be several.
     *
     * @param subject what the event is about: the id of the job, or of the command that it answers
     */
    public String idOf(String subject) {
        return subject + "/" + wireName;
    }

    /** The entry of an event: what is no part of the catalog does not compile. */
    static EventType of(RestoreEvent event) {
        return switch (event) {
            case RestoreRequested _ -> RESTORE_REQUESTED;
            case PlanCreated _ -> PLAN_CREATED;
            case PlanRejected _ -> PLAN_REJECTED;
            case ExecutionRequested _ -> EXECUTION_REQUESTED;
            case ExecutionRefused _ -> EXECUTION_REFUSED;
            case RestoreStarted _ -> RESTORE_STARTED;
            case StepStarted _ -> STEP_STARTED;
            case StepProgressed _ -> STEP_PROGRESSED;
            case StepCompleted _ -> STEP_COMPLETED;
            case StepFailed _ -> STEP_FAILED;
            case StepSkipped _ -> STEP_SKIPPED;
            case CancellationRequested _ -> CANCELLATION_REQUESTED;
            case RedriveRequested _ -> REDRIVE_REQUESTED;
            case RollbackStarted _ -> ROLLBACK_STARTED;
            case RestoreCompleted _ -> RESTORE_COMPLETED;
            case RestoreFailed _ -> RESTORE_FAILED;
            case RestoreCancelled _ -> RESTORE_CANCELLED;
            case RestoreInterrupted _ -> RESTORE_INTERRUPTED;
            case RestoreDryRun _ -> RESTORE_DRY_RUN;
        };
    }
}
