package io.vmrestore.common.contract;

import static io.vmrestore.common.contract.StepKind.named;
import static java.time.Duration.ofMinutes;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a step does, and everything that is true of such a step whatever its plan. Each action has a topic for its
 * commands, a record with its task and a class in the executor that carries it out.
 */
public enum Action {
    VALIDATE(named("validate")
            .attempts(3)
            .timeout(ofMinutes(2))
            .onceIfReplacing()
            .task(
                    StepTask.Validate.class,
                    from -> new StepTask.Validate(from.plan().withoutUserData()))),

    CHECK_QUOTA(named("check_quota")
            .attempts(3)
            .timeout(ofMinutes(2))
            .onceIfReplacing()
            .task(
                    StepTask.CheckQuota.class,
                    from -> new StepTask.CheckQuota(from.plan().quota()))),

    CREATE_VOLUME(named("create_volume")
            .attempts(3)
            .timeout(ofMinutes(20))
            .once()
            .makes(ResourceType.VOLUME)
            .task(
                    StepTask.CreateVolume.class,
                    from -> new StepTask.CreateVolume(
                            from.plan().volumeName(),
                            from.plan().server().id(),
                            from.plan().restorePoint(),
                            from.plan().server().bootVolume(),
                            from.plan().carried()))),

    DELETE_SERVER(named("delete_server")
            .attempts(5)
            .timeout(ofMinutes(10))
            .onceIfReplacing()
            .pointOfNoReturn()
            .needs(VALIDATE, CHECK_QUOTA, CREATE_VOLUME)
            .task(
                    StepTask.DeleteServer.class,
                    from -> new StepTask.DeleteServer(
                            from.plan().server(),
                            from.plan().nics(),
                            from.plan().ipStrategy(),
                            from.plan()))),

    CREATE_PORT(named("create_port")
            .attempts(3)
            .timeout(ofMinutes(2))
            .oneForAnInterface()
            .makes(ResourceType.PORT)
            .needs(DELETE_SERVER)
            .task(
                    StepTask.CreatePort.class,
                    from -> new StepTask.CreatePort(
                            from.plan().newName(),
                            from.nic(),
                            from.plan().ipStrategy(),
                            from.plan().mode() == RestoreMode.REPLACE
                                    ? from.plan().server().id()
                                    : null,
                            down(from.plan(), from.nic())))),

    CREATE_SERVER(named("create_server")
            .attempts(3)
            .timeout(ofMinutes(5))
            .once()
            .makes(ResourceType.SERVER)
            .needs(DELETE_SERVER, CREATE_VOLUME, CREATE_PORT)
            .task(
                    StepTask.CreateServer.class,
                    from -> new StepTask.CreateServer(
                            from.plan().newName(),
                            from.plan().server(),
                            from.plan().restorePoint(),
                            from.made(CREATE_VOLUME),
                            from.allMade(CREATE_PORT),
                            from.plan().carried(),
                            from.plan().userData()))),

    WAIT_ACTIVE(named("wait_active")
            .attempts(2)
            .timeout(ofMinutes(10))
            .needs(CREATE_SERVER)
            .task(
                    StepTask.WaitActive.class,
                    from -> new StepTask.WaitActive(from.made(CREATE_SERVER), from.requestId(CREATE_SERVER)))),

    FINALIZE(named("finalize")
            .attempts(3)
            .timeout(ofMinutes(2))
            .once()
            .tellsTheResult()
            .namesWhatItRemoved()
            .needs(CREATE_VOLUME, CREATE_PORT, CREATE_SERVER)
            .task(
                    StepTask.Finalize.class,
                    from -> new StepTask.Finalize(
                            from.plan().withoutUserData(),
                            from.made(CREATE_SERVER),
                            from.made(CREATE_VOLUME),
                            from.allMade(CREATE_PORT)))),

    ROLLBACK_SERVER(named("rollback_server")
            .attempts(5)
            .timeout(ofMinutes(10))
            .undoes(CREATE_SERVER, UndoRule.ALWAYS)
            .task(
                    StepTask.RollbackServer.class,
                    from -> new StepTask.RollbackServer(
                            from.undone(),
                            from.undoneMark(),
                            from.plan().server().keyFingerprint()))),

    ROLLBACK_PORT(named("rollback_port")
            .attempts(5)
            .timeout(ofMinutes(10))
            .undoes(CREATE_PORT, UndoRule.WHILE_THE_ORIGINAL_IS_THERE)
            .task(StepTask.RollbackPort.class, from -> new StepTask.RollbackPort(from.undone(), from.undoneMark()))),

    ROLLBACK_VOLUME(named("rollback_volume")
            .attempts(5)
            .timeout(ofMinutes(10))
            .undoes(CREATE_VOLUME, UndoRule.IF_VOLUMES_ARE_CLEANED_UP_WHILE_THE_ORIGINAL_IS_THERE)
            .task(
                    StepTask.RollbackVolume.class,
                    from -> new StepTask.RollbackVolume(from.undone(), from.undoneMark())));

    private final StepKind kind;

    Action(StepKind kind) {
        this.kind = kind;
    }

    /** The name in events, tables, topics and answers, such as {@code create_volume}. */
    @JsonValue
    public String wireName() {
        return kind.wireName();
    }

    /** How often dispatch commands the step before its failure is final, unless the plan says otherwise. */
    public int maxAttempts() {
        return kind.attempts();
    }

    /** How long one attempt may take, unless the plan says otherwise. */
    public Duration timeout() {
        return kind.timeout();
    }

    /**
     * How long the next attempt waits after one that may be repeated has failed.
     *
     * @param failedAttempt the attempt that failed, from 1
     */
    public Duration retryDelay(int failedAttempt) {
        return kind.retryDelay(failedAttempt);
    }

    /** The record that holds the task of such a step. */
    public Class<? extends StepTask> taskType() {
        return kind.taskType();
    }

    /**
     * The task of one step.
     *
     * @throws IllegalStateException if a step before it has not told what this one needs
     */
    public StepTask task(StepInputs inputs) {
        return kind.task(inputs);
    }

    /** The steps whose resources the task names, and those that must have gone well before it does harm. */
    public Set<Action> needs() {
        return kind.needs();
    }

    /** What the step must name when it is completed; null if it makes nothing that later steps need. */
    public @Nullable ResourceType makes() {
        return kind.makes();
    }

    /** Whether the step must tell the restore's result when it is completed. */
    public boolean tellsTheResult() {
        return kind.tellsTheResult();
    }

    /** Whether the resources that the step names are gone, not made. */
    public boolean namesWhatItRemoved() {
        return kind.namesWhatItRemoved();
    }

    /** Whether the step is about one interface of the plan. */
    public boolean oneForAnInterface() {
        return kind.oneForAnInterface();
    }

    /** Whether a plan of this mode is wrong without exactly one such step. */
    public boolean onceIn(RestoreMode mode) {
        return kind.onceIn(mode);
    }

    /** Whether the step deletes the original: once it is commanded, nobody can cancel. No plan beside it has one. */
    public boolean pointOfNoReturn() {
        return kind.pointOfNoReturn();
    }

    /** Whether the action removes what a failed restore made. */
    public boolean rollback() {
        return kind.undoes() != null;
    }

    /**
     * What removes what such a step may have made; empty if nothing does, or if it shall stay.
     *
     * @param cleanupVolumes whether a failed restore's volume is removed as well
     * @param originalMayBeGone whether the restore is past its point of no return
     */
    public Optional<Action> undoneBy(boolean cleanupVolumes, boolean originalMayBeGone) {
        return Arrays.stream(UndoRule.values())
                .filter(rule -> rule.applies(cleanupVolumes, originalMayBeGone))
                .flatMap(rule -> undoneBy(rule).stream())
                .findFirst();
    }

    private static @Nullable Boolean down(Plan plan, NicPlan nic) {
        return plan.carried() == null ? null : plan.carried().portsDown().contains(nic.index());
    }

    /** What removes what such a step may have made, if that follows this rule. */
    Optional<Action> undoneBy(UndoRule rule) {
        return Arrays.stream(values())
                .filter(undo -> undo.kind.undoes() == this && undo.kind.undoRule() == rule)
                .findFirst();
    }

    /**
     * Finds an action by its name in events and commands.
     *
     * @throws IllegalArgumentException if no action has this name
     */
    @JsonCreator
    public static Action ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(action -> action.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown action '" + wireName + "'"));
    }
}
