package io.vmrestore.common.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A plan that cannot be executed, or that fails as things are, is not ready. */
class ReadinessTest {
    @Test
    void aPlanIsReadyOnlyIfNothingSpeaksAgainstIt() {
        List<WarningSeverity> harmless = List.of(WarningSeverity.LOSES, WarningSeverity.COSMETIC);
        assertThat(Readiness.of(true, harmless)).isEqualTo(Readiness.READY);
        assertThat(Readiness.of(true, List.of(WarningSeverity.COSMETIC, WarningSeverity.BLOCKS)))
                .isEqualTo(Readiness.WILL_FAIL);
        assertThat(Readiness.of(false, harmless)).isEqualTo(Readiness.NOT_ELIGIBLE);
    }

    @Test
    void aPlanOfAnEarlierBuildIsJudgedByWhatItTells() {
        assertThat(Readiness.of(true, null)).isEqualTo(Readiness.READY);
        assertThat(Readiness.of(false, null)).isEqualTo(Readiness.NOT_ELIGIBLE);
        assertThat(Readiness.of(null, null)).isNull();
    }
}
