package io.vmrestore.common.codec;

import org.jspecify.annotations.Nullable;

/** A record is not what its topic promises. The message names what is wrong and carries nothing of the data. */
public final class UndecodableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UndecodableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
