package io.vmrestore.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.ManualTime;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private final Faults faults = new Faults(new Engine(new ManualTime(Instant.EPOCH), new Random(1)));

    @Test
    void aRuleIsUsedUpByHappening() {
        faults.add("^web", 2, new Fault.ServerStuck());
        assertThat(happened("web-1")).isTrue();
        assertThat(happened("app-1")).isFalse();
        assertThat(happened("web-2")).isTrue();
        assertThat(happened("web-3")).isFalse();
        assertThat(faults.rules()).isEmpty();
    }

    @Test
    void everyNthMatchAlone() {
        faults.add("^web", 3, 2, new Fault.ServerStuck());
        assertThat(IntStream.rangeClosed(1, 9).filter(i -> happened("web-" + i)))
                .containsExactly(3, 6);
        assertThat(faults.rules()).isEmpty();
    }

    @Test
    void oneOfSeveralSubjectsIsEnoughAndTheOldestRuleWins() {
        FaultRule older = faults.once("^id-7$", new Fault.ServerStuck());
        FaultRule younger = faults.once("^web", new Fault.ServerStuck());
        assertThat(happened("web-1", "id-7")).isTrue();
        assertThat(faults.rules()).extracting(FaultRule::id).containsExactly(younger.id());
        assertThat(faults.remove(older.id())).isFalse();
    }

    @Test
    void aLastingConditionIsNotUsedUp() {
        faults.once("^web", new Fault.HostDown("UNKNOWN"));
        for (int i = 0; i < 3; i++) {
            assertThat(faults.lasting(Fault.HostDown.class, "web-1"))
                    .hasValueSatisfying(down -> assertThat(down.status()).isEqualTo("UNKNOWN"));
        }
        faults.clear();
        assertThat(faults.lasting(Fault.HostDown.class, "web-1")).isEmpty();
    }

    @Test
    void badNumbersAndPatternsAreRefused() {
        assertThatThrownBy(() -> faults.add("x", 0, new Fault.LoseAnswer()))
                .hasMessage("times must be positive, or -1 for always, but is 0");
        assertThatThrownBy(() -> faults.add("x", 0, 1, new Fault.LoseAnswer()))
                .hasMessage("every must be positive, but is 0");
        assertThatThrownBy(() -> faults.once("(", new Fault.LoseAnswer())).isInstanceOf(IllegalArgumentException.class);
    }

    private boolean happened(String... subjects) {
        return faults.take(Fault.ServerStuck.class, subjects).isPresent();
    }
}
