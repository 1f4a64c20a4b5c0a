package io.vmrestore.executor.attempt;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailureClass;
import io.vmrestore.survey.CloudFailures;
import io.vmrestore.survey.SurveyException;
import org.jspecify.annotations.Nullable;

/** Ends an attempt: why, and whether another attempt may succeed. */
public final class StepFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final boolean retryable;

    private StepFailure(Failure failure, boolean retryable, @Nullable Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
        this.retryable = retryable;
    }

    /** A failure that another attempt would meet again. */
    public static StepFailure lasting(FailureKind kind, String message) {
        return new StepFailure(Failure.of(kind, message), false, null);
    }

    /** A failure that another attempt would meet again, told whole. */
    static StepFailure lasting(Failure failure) {
        return new StepFailure(failure, false, null);
    }

    /**
     * A lasting failure of something that an earlier call began.
     *
     * @param requestId the request id of that call, under which the services logged what happened; null if unknown
     */
    public static StepFailure lasting(FailureKind kind, String message, @Nullable String requestId) {
        return new StepFailure(new Failure(kind, message, null, null, requestId), false, null);
    }

    /** A failure that another attempt may not meet. */
    public static StepFailure passing(FailureKind kind, String message) {
        return new StepFailure(Failure.of(kind, message), true, null);
    }

    /**
     * A refusal of the cloud that means more than its kind says.
     *
     * @param message what it means; answer, call and remedy are appended
     */
    public static StepFailure lasting(FailureKind kind, String message, CloudException cause) {
        Failure known = CloudFailures.of(cause);
        Failure failure = new Failure(
                kind,
                message + ": " + CloudFailures.told(cause),
                known.service(),
                known.httpStatus(),
                known.requestId());
        return new StepFailure(failure, false, cause);
    }

    /** What a failed call means for a step that makes nothing special of it. */
    public static StepFailure of(CloudException failed) {
        return new StepFailure(CloudFailures.of(failed), mayPass(failed), failed);
    }

    /** What it means that the cloud could not be surveyed; only a cloud that was too slow may do better next time. */
    public static StepFailure of(SurveyException impossible) {
        FailureKind kind = impossible.failure().kind();
        boolean mayPass = kind == FailureKind.CLOUD_TIMEOUT || kind == FailureKind.CLOUD_UNAVAILABLE;
        return new StepFailure(impossible.failure(), mayPass, impossible);
    }

    private static boolean mayPass(CloudException failed) {
        return switch (FailureClass.of(failed)) {
            case OUTAGE, PASSING_STATE -> true;
            case REFUSAL -> false;
        };
    }

    public Failure failure() {
        return failure;
    }

    public boolean retryable() {
        return retryable;
    }
}
