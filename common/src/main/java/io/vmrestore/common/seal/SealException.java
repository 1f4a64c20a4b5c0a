package io.vmrestore.common.seal;

import org.jspecify.annotations.Nullable;

/** The text cannot be opened: another key, or it was changed. Carries nothing of the text. */
public final class SealException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SealException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
