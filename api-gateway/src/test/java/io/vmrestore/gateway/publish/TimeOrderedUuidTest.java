package io.vmrestore.gateway.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimeOrderedUuidTest {

    @Test
    void isOfVersion7AndHoldsTheMillisecond() {
        Instant time = Instant.parse("2026-11-22T18:30:00.123Z");
        UUID id = TimeOrderedUuid.at(time);
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(time.toEpochMilli());
    }

    @Test
    void sortsByTimeAndRepeatsNever() {
        Instant time = Instant.parse("2026-11-22T18:30:00Z");
        Set<UUID> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            ids.add(TimeOrderedUuid.at(time));
        }
        assertThat(ids).hasSize(1_000);
        assertThat(ids)
                .allSatisfy(id -> assertThat(id.toString())
                        .isLessThan(TimeOrderedUuid.at(time.plusMillis(1)).toString()));
    }
}
