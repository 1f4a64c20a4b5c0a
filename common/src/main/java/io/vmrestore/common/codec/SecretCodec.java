package io.vmrestore.common.codec;

import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.seal.SealedText;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Sealed texts as records of {@link Topics#SECRETS} and back: the job's id as key, plain JSON as value. */
public final class SecretCodec {
    private SecretCodec() {}

    /** @throws UnpublishableException if no record holds it */
    public static ProducerRecord<String, byte[]> encode(UUID jobId, SealedText sealed) {
        return RecordSize.fitting(
                new ProducerRecord<>(Topics.SECRETS, jobId.toString(), Json.MAPPER.writeValueAsBytes(sealed)),
                "The sealed user_data of job " + jobId);
    }

    /** Makes compaction remove every earlier record of the job, and its data key with it. */
    public static ProducerRecord<String, byte[]> tombstone(UUID jobId) {
        return new ProducerRecord<>(Topics.SECRETS, jobId.toString(), null);
    }

    /**
     * Reads the value of a record.
     *
     * @return null if it is a tombstone
     * @throws UndecodableException if it is no sealed text; the message quotes nothing of it
     */
    public static @Nullable SealedText decode(byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        SealedText sealed;
        try {
            sealed = Json.MAPPER.readValue(value, SealedText.class);
        } catch (JacksonException malformed) {
            throw new UndecodableException("The record is no sealed text", null);
        }
        if (sealed == null || Completeness.missing(sealed).isPresent()) {
            throw new UndecodableException("The record is no sealed text", null);
        }
        return sealed;
    }
}
