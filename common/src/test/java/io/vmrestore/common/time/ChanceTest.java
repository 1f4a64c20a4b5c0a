package io.vmrestore.common.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChanceTest {

    private static Stream<Chance> chances() {
        return Stream.of(Chance.system(), seeded(1));
    }

    private static Chance seeded(long seed) {
        Random random = new Random(seed);
        return random::nextLong;
    }

    @ParameterizedTest
    @MethodSource("chances")
    void ids_are_random_uuids_and_differ(Chance chance) {
        assertThat(chance.uuid().version()).isEqualTo(4);
        assertThat(chance.uuid().variant()).isEqualTo(2);
        assertThat(chance.uuid()).isNotEqualTo(chance.uuid());
    }

    @Test
    void the_same_seed_leads_to_the_same() {
        assertThat(seeded(7).uuid()).isEqualTo(seeded(7).uuid());
        assertThat(seeded(7).nextLong(1000)).isEqualTo(seeded(7).nextLong(1000));
    }
}
