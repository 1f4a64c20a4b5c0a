package io.vmrestore.survey;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;

/** The cloud answered, and what it told makes the restore impossible. */
public final class SurveyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** For the given reason. */
    public SurveyException(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    static SurveyException of(FailureKind kind, String message) {
        return new SurveyException(Failure.of(kind, message));
    }

    /**
     * For something of which nobody can say whether it is there; {@code reason} is that of {@link Presence.Unknown}.
     */
    public static SurveyException uncertain(String reason) {
        return of(
                FailureKind.CLOUD_UNAVAILABLE,
                reason + ". Nothing is planned on it: compare what the services say, and try again");
    }

    /** The same with the id that its calls carried, where a service gave no answer that names one. */
    public SurveyException within(String requestId) {
        return failure.service() == null ? this : new SurveyException(failure.orRequestId(requestId));
    }

    /** The reason, as events and answers carry it. */
    public Failure failure() {
        return failure;
    }
}
