package io.vmrestore.common.codec;

import io.vmrestore.common.contract.Topics;
import org.apache.kafka.clients.producer.ProducerRecord;

/** How large a record may be that still has room for what is added to it. */
public final class RecordSize {
    /** Leaves room for headers and the batch around a record. */
    public static final int MAX_VALUE_BYTES = Topics.MAX_RECORD_BYTES - 16 * 1024;

    /**
     * How large a plan may be. Commands carry its parts together with what steps have made; this leaves room for that.
     */
    public static final int MAX_PLAN_BYTES = MAX_VALUE_BYTES - 128 * 1024;

    private RecordSize() {}

    /** Whether a dead letter can carry this value: with its cause and origin it is larger than the original record. */
    public static boolean fits(byte[] value) {
        return value.length <= MAX_VALUE_BYTES;
    }

    /** @throws UnpublishableException if no topic takes the record */
    static ProducerRecord<String, byte[]> fitting(ProducerRecord<String, byte[]> record, String what) {
        if (!fits(record.value())) {
            throw new UnpublishableException(
                    what + " has " + record.value().length + " bytes; a record may have " + MAX_VALUE_BYTES);
        }
        return record;
    }
}
