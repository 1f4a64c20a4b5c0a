package io.vmrestore.common.codec;

import io.vmrestore.common.contract.Topics;

/** How large a record may be that still has room for what is added to it. */
public final class RecordSize {
    /** Leaves room for headers and the batch around a record. */
    public static final int MAX_VALUE_BYTES = Topics.MAX_RECORD_BYTES - 16 * 1024;

    private RecordSize() {}

    /** Whether a dead letter can carry this value: with its cause and origin it is larger than the original record. */
    public static boolean fits(byte[] value) {
        return value.length <= MAX_VALUE_BYTES;
    }
}
