package io.vmrestore.embedded;

import org.jspecify.annotations.Nullable;

/** An embedded server did not start or stop; the message names the directory or port and the remedy. */
public final class EmbeddedStartException extends RuntimeException {
    EmbeddedStartException(String message) {
        this(message, null);
    }

    EmbeddedStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
