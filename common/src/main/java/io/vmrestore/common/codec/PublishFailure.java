package io.vmrestore.common.codec;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import tools.jackson.core.JacksonException;

/** The one place that tells a failure to publish that lasts from one that passes, for every service that publishes. */
public final class PublishFailure {
    private PublishFailure() {}

    /**
     * Whether the record itself is the reason, so that trying again cannot help: it is too large, for us or for the
     * broker, or cannot be written. All else, also a broker that refuses us, may be mended while the record waits.
     */
    public static boolean lasting(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean ofTheRecord = switch (cause) {
                case UnpublishableException _,
                        RecordTooLargeException _,
                        RecordBatchTooLargeException _,
                        SerializationException _,
                        InvalidRecordException _,
                        UnsupportedForMessageFormatException _,
                        JacksonException _ -> true;
                default -> false;
            };
            if (ofTheRecord) {
                return true;
            }
        }
        return false;
    }

    /** What the failure says, without the wrappers around it. */
    public static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof JacksonException unwritable
                ? "it cannot be written as JSON (" + unwritable.getClass().getSimpleName() + ")"
                : String.valueOf(cause.getMessage());
    }
}
