package io.vmrestore.executor.attempt;

import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.retry.Backoff;
import io.vmrestore.survey.Deletion;
import io.vmrestore.survey.Presence;
import java.time.Duration;

/** Makes a step wait until it is certain whether something is there, and fail without harm if it never is. */
public final class Certainty {
    private static final Backoff PAUSES = Backoff.steady(Duration.ofSeconds(1), Duration.ofSeconds(10));

    private Certainty() {}

    /**
     * Asks again and again, with growing pauses, until the answer is certain.
     *
     * @throws StepFailure saying what contradicts, if it is not by the attempt's deadline
     */
    public static <T> Presence.Certain<T> await(Attempt attempt, Presence.Question<T> question)
            throws InterruptedException {
        for (int asked = 1; ; asked++) {
            switch (question.ask()) {
                case Presence.Certain<T> certain -> {
                    return certain;
                }
                case Presence.Unknown<T> unknown -> {
                    attempt.note("not_certain", unknown.reason());
                    Duration left = Duration.between(attempt.time().instant(), attempt.deadline());
                    if (!left.isPositive()) {
                        throw failure(unknown.reason());
                    }
                    Duration pause = PAUSES.whole(asked);
                    attempt.time().sleep(left.compareTo(pause) < 0 ? left : pause);
                }
            }
        }
    }

    /** @throws StepFailure saying what contradicts, if it is not certain */
    public static <T> Presence.Certain<T> required(Presence<T> presence) {
        return switch (presence) {
            case Presence.Certain<T> certain -> certain;
            case Presence.Unknown<T> unknown -> throw failure(unknown.reason());
        };
    }

    /** @throws StepFailure if the service claims that there is nothing to delete, and that is contradicted */
    public static void required(Deletion deletion) {
        switch (deletion) {
            case Deletion.Accepted _, Deletion.NothingThere _ -> {}
            case Deletion.Refused refused -> throw failure(refused.reason());
        }
    }

    /** The failure of a step that cannot know: nothing was done on it, and another attempt may know. */
    public static StepFailure failure(String reason) {
        return StepFailure.passing(
                FailureKind.CLOUD_UNAVAILABLE,
                reason + ". Nothing is deleted, made or given up on it: compare what the services say, and repair the"
                        + " one that is wrong");
    }
}
