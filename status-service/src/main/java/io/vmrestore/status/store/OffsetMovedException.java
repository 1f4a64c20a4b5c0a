package io.vmrestore.status.store;

import java.util.List;

/** Another instance has folded the partition meanwhile, or the table was set back; what was read must be read anew. */
public final class OffsetMovedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OffsetMovedException(List<BatchWriter.Advance> advances, Throwable cause) {
        super("The stored offsets are not the ones that the fold continued from: " + advances, cause);
    }
}
