package io.vmrestore.common.lifecycle;

import static io.vmrestore.common.lifecycle.Events.T0;
import static io.vmrestore.common.lifecycle.Events.cancel;
import static io.vmrestore.common.lifecycle.Events.done;
import static io.vmrestore.common.lifecycle.Events.execute;
import static io.vmrestore.common.lifecycle.Events.failed;
import static io.vmrestore.common.lifecycle.Events.planned;
import static io.vmrestore.common.lifecycle.Events.requested;
import static io.vmrestore.common.lifecycle.Events.running;
import static io.vmrestore.common.lifecycle.Events.step;
import static io.vmrestore.common.lifecycle.Story.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.WaitingFor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A step that waits for a service: what is told of it, and what ends that. */
class DispatchOutageTest {
    private static final WaitingFor CINDER = new WaitingFor("volume", T0, "503 Service Unavailable");

    @Test
    void aStepTellsWhatItWaitsForUntilItTellsSomethingElse() {
        Story story = atWork().when(told(1, CINDER)).thenNothing();
        assertThat(waiting(story)).isEqualTo(CINDER);

        WaitingFor later = new WaitingFor("volume", T0, "no connection");
        assertThat(waiting(story.when(told(2, later)))).isEqualTo(later);
        assertThat(waiting(story.when(told(3, null)))).isNull();
    }

    @Test
    void theEndOfTheStepOrOfItsAttemptEndsTheWait() {
        assertThat(waiting(atWork().when(told(1, CINDER)).when(done(3)))).isNull();
        assertThat(waiting(atWork().when(told(1, CINDER)).when(failed(3, 1)))).isNull();
        assertThat(waiting(atWork().when(told(1, CINDER)).when(failed(step(3, 1), false))))
                .isNull();
    }

    @Test
    void anAttemptThatWasGivenUpTellsNothingOfTheWaitOfTheNext() {
        Story story = atWork().when(failed(3, 1)).when(told(1, CINDER));

        assertThat(waiting(story)).isNull();
    }

    @Test
    void aStepThatWaitsCanBeCancelled() {
        atWork().when(told(1, CINDER)).when(cancel()).thenCommands("stop");
    }

    @Test
    void aRestoreThatWaitsIsNotSilent() {
        Duration staleAfter = Duration.ofMinutes(15);
        Story story = atWork().when(told(3600, CINDER));

        assertThat(Overdue.event(story.state(), T0.plusSeconds(3700), staleAfter, staleAfter))
                .isEmpty();
    }

    private static Story atWork() {
        return given(requested(), planned(), execute(), running(), done(1), done(2));
    }

    private static StepProgressed told(int second, @Nullable WaitingFor waitingFor) {
        Instant time = T0.plusSeconds(second);
        return new StepProgressed(step(3, 1), time, List.of(), Map.of(), waitingFor);
    }

    private static @Nullable WaitingFor waiting(Story story) {
        return story.state().step(3).orElseThrow().waitingFor();
    }
}
