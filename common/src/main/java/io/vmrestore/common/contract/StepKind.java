package io.vmrestore.common.contract;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The facts of one {@link Action}, told one after the other; the task comes last. */
record StepKind(
        String wireName,
        int attempts,
        Duration timeout,
        Set<RestoreMode> onceIn,
        Set<Action> needs,
        @Nullable ResourceType makes,
        boolean tellsTheResult,
        boolean namesWhatItRemoved,
        boolean oneForAnInterface,
        boolean pointOfNoReturn,
        @Nullable Action undoes,
        UndoRule undoRule,
        Class<? extends StepTask> taskType,
        Function<StepInputs, StepTask> gather) {
    private static final Duration FIRST_RETRY_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY_DELAY = Duration.ofSeconds(30);

    static Telling named(String wireName) {
        return new Telling(wireName);
    }

    boolean onceIn(RestoreMode mode) {
        return onceIn.contains(mode);
    }

    /** Doubles with every attempt. */
    Duration retryDelay(int failedAttempt) {
        Duration delay = FIRST_RETRY_DELAY.multipliedBy(1L << Math.min(failedAttempt - 1, 10));
        return delay.compareTo(LONGEST_RETRY_DELAY) < 0 ? delay : LONGEST_RETRY_DELAY;
    }

    StepTask task(StepInputs inputs) {
        return gather.apply(inputs);
    }

    /** The facts told so far. */
    static final class Telling {
        private final String wireName;
        private int attempts = 1;
        private Duration timeout = Duration.ZERO;
        private Set<RestoreMode> onceIn = Set.of();
        private Set<Action> needs = Set.of();
        private @Nullable ResourceType makes;
        private boolean tellsTheResult;
        private boolean namesWhatItRemoved;
        private boolean oneForAnInterface;
        private boolean pointOfNoReturn;
        private @Nullable Action undoes;
        private UndoRule undoRule = UndoRule.ALWAYS;

        private Telling(String wireName) {
            this.wireName = wireName;
        }

        Telling attempts(int number) {
            attempts = number;
            return this;
        }

        Telling timeout(Duration ofOneAttempt) {
            timeout = ofOneAttempt;
            return this;
        }

        /** No plan can be followed without exactly one. */
        Telling once() {
            onceIn = Set.of(RestoreMode.values());
            return this;
        }

        /** Beside the original a plan can be followed without it. */
        Telling onceIfReplacing() {
            onceIn = Set.of(RestoreMode.REPLACE);
            return this;
        }

        Telling oneForAnInterface() {
            oneForAnInterface = true;
            return this;
        }

        Telling needs(Action... before) {
            needs = Set.of(before);
            return this;
        }

        Telling makes(ResourceType type) {
            makes = type;
            return this;
        }

        Telling tellsTheResult() {
            tellsTheResult = true;
            return this;
        }

        Telling namesWhatItRemoved() {
            namesWhatItRemoved = true;
            return this;
        }

        Telling pointOfNoReturn() {
            pointOfNoReturn = true;
            return this;
        }

        Telling undoes(Action maker, UndoRule rule) {
            undoes = maker;
            undoRule = rule;
            return this;
        }

        <T extends StepTask> StepKind task(Class<T> type, Function<StepInputs, T> gather) {
            return new StepKind(
                    wireName,
                    attempts,
                    timeout,
                    onceIn,
                    needs,
                    makes,
                    tellsTheResult,
                    namesWhatItRemoved,
                    oneForAnInterface,
                    pointOfNoReturn,
                    undoes,
                    undoRule,
                    type,
                    gather::apply);
        }
    }
}
