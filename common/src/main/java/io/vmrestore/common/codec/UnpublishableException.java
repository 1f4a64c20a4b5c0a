package io.vmrestore.common.codec;

/** Something has no place in any record, however often it is tried. */
public final class UnpublishableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnpublishableException(String message) {
        super(message);
    }
}
