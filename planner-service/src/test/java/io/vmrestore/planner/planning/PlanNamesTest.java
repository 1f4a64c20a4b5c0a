package io.vmrestore.planner.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.RestoreMode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PlanNamesTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.999Z");

    @Test
    void carriesTheOriginalAndTheTimeInUtc() {
        assertThat(PlanNames.server(RestoreMode.NEW, null, "web", TIME)).isEqualTo("web-restored-20260102-030405");
        assertThat(PlanNames.volume("web", TIME)).isEqualTo("restored-web-20260102-030405");
    }

    @Test
    void shortensTheOriginalAndNeverTheTime() {
        String name = PlanNames.server(RestoreMode.NEW, null, "x".repeat(255), TIME);

        assertThat(name).hasSize(255).endsWith("x-restored-20260102-030405");
        assertThat(PlanNames.volume("x".repeat(255), TIME)).hasSize(255).endsWith("x-20260102-030405");
    }

    @Test
    void inItsPlaceTheOriginalsNameStays() {
        assertThat(PlanNames.server(RestoreMode.REPLACE, null, "web", TIME)).isEqualTo("web");
    }

    @Test
    void cutsNoCharacterInTwo() {
        String name = PlanNames.server(RestoreMode.NEW, null, "😀".repeat(127) + "x", TIME);

        assertThat(name.codePoints().allMatch(Character::isDefined)).isTrue();
        assertThat(name).hasSizeLessThanOrEqualTo(255).contains("😀-restored-");
    }
}
