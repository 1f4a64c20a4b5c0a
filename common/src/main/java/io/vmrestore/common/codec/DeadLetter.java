package io.vmrestore.common.codec;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a record in a dead-letter topic, without its data, which may hold what a person must not see.
 *
 * @param id its own place: {@code dead-letter topic/partition/offset}
 * @param topic where the record was and belongs
 * @param partition its partition there; null if that is not known
 * @param offset its offset there; null if that is not known
 * @param time when it was put aside
 * @param cause why
 * @param key the record's key, cut off where it is long
 * @param type its CloudEvents type, such as {@code io.vmrestore.PlanCreated.v1}
 * @param recordId its CloudEvents id
 */
public record DeadLetter(
        String id,
        String topic,
        @Nullable Integer partition,
        @Nullable Long offset,
        Instant time,
        String cause,
        @Nullable String key,
        @Nullable String type,
        @Nullable String recordId) {}
