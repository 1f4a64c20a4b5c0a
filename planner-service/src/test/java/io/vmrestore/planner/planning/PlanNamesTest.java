package io.vmrestore.planner.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.ServerName;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that can be told apart, fit and do not grow. */
class PlanNamesTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.999Z");

    @Test
    void carriesTheOriginalAndTheTimeInUtc() {
        assertThat(PlanNames.of("web", TIME).server()).isEqualTo("web-restored-20260102-030405");
        assertThat(PlanNames.of("web", TIME).volume()).isEqualTo("restored-web-20260102-030405");
    }

    @Test
    void shortensTheOriginalAndNeverTheTime() {
        PlanNames names = PlanNames.of("x".repeat(255), TIME);

        assertThat(names.server()).hasSize(255).endsWith("x-restored-20260102-030405");
        assertThat(names.volume()).hasSize(255).endsWith("x-20260102-030405");
        assertThat(names.next().server()).hasSize(255).endsWith("x-restored-20260102-030405-2");
        assertThat(names.next().next().volume()).hasSize(255).endsWith("x-20260102-030405-3");
    }

    @Test
    void countsAndCutsCodePoints() {
        PlanNames names = PlanNames.of("😀".repeat(255), TIME);

        assertThat(names.server().codePoints()).hasSize(255).allMatch(Character::isDefined);
        assertThat(names.server()).contains("😀-restored-");
        assertThat(ServerName.problem(names.server())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web-restored-20251231-235959",
                "web-restored-20251231-235959-2",
                "web-restored-20251201-000000-restored-20251231-235959"
            })
    void aRestoreOfARestoreIsNamedLikeARestore(String original) {
        assertThat(PlanNames.of(original, TIME).server()).isEqualTo("web-restored-20260102-030405");
        assertThat(PlanNames.of(original, TIME).volume()).isEqualTo("restored-web-20260102-030405");
    }

    @Test
    void whatLooksLikeAnEndingInTheMiddleStays() {
        assertThat(PlanNames.of("a-restored-20251231-235959-b", TIME).server())
                .isEqualTo("a-restored-20251231-235959-b-restored-20260102-030405");
    }

    @Test
    void anOriginalWithANameThatNovaForbidsGetsOneThatItTakes() {
        assertThat(PlanNames.of("legacy ", TIME).server()).isEqualTo("legacy-restored-20260102-030405");
        assertThat(PlanNames.of("a\tb\u0000", TIME).server()).isEqualTo("ab-restored-20260102-030405");
        assertThat(PlanNames.of(" ", TIME).server()).isEqualTo("vm-restored-20260102-030405");
        assertThat(PlanNames.of("-restored-20251231-235959", TIME).server()).isEqualTo("vm-restored-20260102-030405");
    }
}
