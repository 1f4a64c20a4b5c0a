package io.vmrestore.openstack.quota;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One quota of a project.
 *
 * @param name as the product names it: {@code instances}, {@code cores}, {@code ram} (MiB), {@code volumes},
 *     {@code gigabytes}, {@code gigabytes_<type>}, {@code ports} and so on
 * @param limit the most that may be in use; {@code -1}, and only that, means unlimited
 * @param used what is in use; null if the cloud tells only limits
 * @param reserved what running requests have reserved; null if the cloud tells only limits
 */
public record QuotaLine(
        String name,
        long limit,
        @Nullable Long used,
        @Nullable Long reserved) {

    /** Whether there is no limit at all. */
    public boolean unlimited() {
        return limit == -1;
    }

    /** What is left, reservations counted as used; empty if unlimited or if the use is unknown. */
    public OptionalLong free() {
        if (unlimited() || used == null) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(limit - used - (reserved == null ? 0 : reserved));
    }
}
