package io.vmrestore.verification.chaos.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration EVERY = Duration.ofSeconds(9);

    @Test
    void theSameSeedGivesTheSameFaults() {
        assertThat(Schedule.of(42, HOUR, EVERY)).isEqualTo(Schedule.of(42, HOUR, EVERY));
        assertThat(Schedule.of(42, HOUR, EVERY)).isNotEqualTo(Schedule.of(43, HOUR, EVERY));
    }

    @Test
    void aLongerRunBeginsWithTheFaultsOfAShorterOne() {
        List<PlannedFault> longer = Schedule.of(42, HOUR, EVERY);
        List<PlannedFault> shorter = Schedule.of(42, Duration.ofMinutes(5), EVERY);

        assertThat(longer.subList(0, shorter.size())).isEqualTo(shorter);
    }

    @Test
    void anHourHoldsEveryKindOfFaultAndAboutAsManyAsAreWanted() {
        List<PlannedFault> faults = Schedule.of(1, HOUR, EVERY);

        assertThat(faults).extracting(PlannedFault::kind).contains(FaultKind.values());
        assertThat(faults.size()).isBetween(340, 460);
        assertThat(faults).allMatch(fault -> fault.at().compareTo(HOUR) < 0);
    }

    @Test
    void everyFaultHitsSomethingOfItsPlace() {
        for (PlannedFault fault : Schedule.of(7, HOUR, EVERY)) {
            assertThat(Schedule.targets(fault.kind().place())).contains(fault.target());
            assertThat(fault.lasts()).isBetween(Duration.ZERO, Duration.ofSeconds(20));
        }
    }
}
