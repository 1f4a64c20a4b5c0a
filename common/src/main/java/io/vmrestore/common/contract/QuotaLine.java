package io.vmrestore.common.contract;

import org.jspecify.annotations.Nullable;

/**
 * One quota of the project beside what the restore needs of it.
 *
 * @param resource instances, cores, ram (MiB), volumes, gigabytes, gigabytes_TYPE or ports
 * @param limit −1 means unlimited; null if the cloud would not tell
 */
public record QuotaLine(
        String resource,
        @Nullable Long limit,
        @Nullable Long used,
        @Nullable Long reserved,
        long needed,
        QuotaVerdict verdict) {

    /** Judges a line from the cloud's figures; an unknown figure gives {@link QuotaVerdict#UNKNOWN}. */
    public static QuotaLine of(
            String resource, @Nullable Long limit, @Nullable Long used, @Nullable Long reserved, long needed) {
        QuotaVerdict verdict;
        if (limit == null || used == null) {
            verdict = QuotaVerdict.UNKNOWN;
        } else if (limit == -1 || used + (reserved == null ? 0 : reserved) + needed <= limit) {
            verdict = QuotaVerdict.OK;
        } else {
            verdict = QuotaVerdict.INSUFFICIENT;
        }
        return new QuotaLine(resource, limit, used, reserved, needed, verdict);
    }
}
