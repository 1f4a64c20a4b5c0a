package io.vmrestore.verification.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EvidenceTest {
    private final MadeUpWorld made = new MadeUpWorld();

    @Test
    void aRunWithFaultsAndACompletedRestoreShowsSomething() {
        assertThat(Evidence.missing(made.world(), 1, 0)).isEmpty();
    }

    @Test
    void aRunWithoutFaultsShowsNothing() {
        assertThat(Evidence.missing(made.world(), 0, 0))
                .extracting(Violation::what)
                .containsExactly("no fault was begun");
    }

    @Test
    void aRunWithoutACompletedRestoreShowsNothing() {
        made.state = null;

        assertThat(Evidence.missing(made.world(), 1, 0))
                .extracting(Violation::what)
                .containsExactly("no restore was completed");
    }

    @Test
    void aRunWhoseFaultsFailShowsNothing() {
        assertThat(Evidence.missing(made.world(), 3, 2))
                .extracting(Violation::what)
                .containsExactly("2 faults could not be made or undone; the fault log says why");
    }
}
