package io.vmrestore.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.lifecycle.JobState;
import java.util.Random;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class StateCodecTest {

    @Test
    void whatIsStoredIsReadAgain() {
        try (Serde<JobState> serde = StateCodec.serde()) {
            for (int seed = 0; seed < 100; seed++) {
                JobState state = new RandomRecords(new Random(seed)).next(JobState.class);
                byte[] stored = serde.serializer().serialize("store", state);
                assertThat(serde.deserializer().deserialize("store", stored))
                        .as("with seed %d", seed)
                        .isEqualTo(state);
            }
            assertThat(serde.serializer().serialize("store", null)).isNull();
            assertThat(serde.deserializer().deserialize("store", null)).isNull();
        }
    }
}
