package io.vmrestore.common.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of step is told completely, and what one says of another fits. */
class ActionTest {

    @ParameterizedTest
    @EnumSource
    void aStepIsTriedForAWhile(Action action) {
        assertThat(action.wireName()).matches("[a-z]+(_[a-z]+)*");
        assertThat(Action.ofWireName(action.wireName())).isEqualTo(action);
        assertThat(action.maxAttempts()).isBetween(1, 10);
        assertThat(action.timeout()).isBetween(Duration.ofSeconds(10), Duration.ofHours(1));
        assertThat(Stream.of(1, 2, 3, 6, 100).map(action::retryDelay).map(Duration::toSeconds))
                .containsExactly(1L, 2L, 4L, 30L, 30L);
    }

    @Test
    void everyTaskBelongsToOneAction() {
        assertThat(Arrays.stream(Action.values()).<Class<?>>map(Action::taskType))
                .containsExactlyInAnyOrder(StepTask.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @EnumSource
    void aRollbackRemovesWhatOneOtherStepMakes(Action action) {
        long made = Arrays.stream(Action.values())
                .filter(maker ->
                        maker.undoneBy(true, false).filter(action::equals).isPresent())
                .peek(maker -> assertThat(maker.makes()).isNotNull())
                .peek(maker -> assertThat(maker.rollback()).isFalse())
                .count();
        assertThat(made).isEqualTo(action.rollback() ? 1 : 0);
        if (action.rollback()) {
            assertThat(action.needs()).isEmpty();
            assertThat(action.makes()).isNull();
            assertThat(Arrays.stream(RestoreMode.values())).noneMatch(action::onceIn);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAStepNeedsComesBeforeIt(Action action) {
        assertThat(action.needs()).allSatisfy(needed -> {
            assertThat(needed).isLessThan(action);
            assertThat(needed.rollback()).isFalse();
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatAStepMakesCanBeRemoved(Action action) {
        assertThat(action.undoneBy(true, false).isPresent()).isEqualTo(action.makes() != null);
    }

    @Test
    void onlyAServerGoesOnceTheOriginalMayBeGone() {
        assertThat(Action.CREATE_SERVER.undoneBy(false, true)).contains(Action.ROLLBACK_SERVER);
        assertThat(Action.CREATE_PORT.undoneBy(true, true)).isEmpty();
        assertThat(Action.CREATE_VOLUME.undoneBy(true, true)).isEmpty();
        assertThat(Action.CREATE_PORT.undoneBy(false, false)).contains(Action.ROLLBACK_PORT);
        assertThat(Action.CREATE_VOLUME.undoneBy(false, false)).isEmpty();
        assertThat(Action.CREATE_VOLUME.undoneBy(true, false)).contains(Action.ROLLBACK_VOLUME);
    }

    @Test
    void oneStepDeletesTheOriginalAndOneTellsTheResult() {
        assertThat(Arrays.stream(Action.values()).filter(Action::pointOfNoReturn))
                .containsExactly(Action.DELETE_SERVER);
        assertThat(Arrays.stream(Action.values()).filter(Action::tellsTheResult))
                .containsExactly(Action.FINALIZE);
    }
}
