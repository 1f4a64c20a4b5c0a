package io.vmrestore.common.codec;

import io.vmrestore.common.lifecycle.JobState;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** The state of a job as dispatch's store and changelog keep it. */
public final class StateCodec {
    private StateCodec() {}

    public static Serde<JobState> serde() {
        return Serdes.serdeFrom(
                (topic, state) -> state == null ? null : Json.MAPPER.writeValueAsBytes(state),
                (topic, bytes) -> bytes == null ? null : Json.MAPPER.readValue(bytes, JobState.class));
    }
}
