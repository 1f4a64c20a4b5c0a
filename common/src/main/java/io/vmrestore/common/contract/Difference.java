package io.vmrestore.common.contract;

import org.jspecify.annotations.Nullable;

/**
 * A point in which the restored VM differs from the original.
 *
 * @param addedByRestore true for what every restore adds and by which it is found again, nothing to look into;
 *     otherwise null
 */
public record Difference(
        String field,
        String original,
        String restored,
        @Nullable Boolean addedByRestore) {

    /** One that the restore did not add by itself. */
    public Difference(String field, String original, String restored) {
        this(field, original, restored, null);
    }
}
