package io.vmrestore.executor.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.executor.command.SignsOfLife.Silence;
import io.vmrestore.intake.Assignment;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SignsOfLifeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    /** Close to where a monotonic clock runs over. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND.toNanos());

    private final SignsOfLife signs = new SignsOfLife(now::get);

    @Test
    void nothing_taken_in_is_no_silence() {
        assertThat(signs.longest()).isEmpty();
        signs.heard("unknown", Duration.ZERO);
        signs.answered("unknown");
        assertThat(signs.longest()).isEmpty();
    }

    @Test
    void the_most_silent_command_is_the_one_not_heard_of_for_longest() {
        signs.expect("first", () -> true, HOUR);
        pass(SECOND);
        signs.expect("second", () -> true, HOUR);
        pass(SECOND);
        assertThat(signs.longest()).contains(new Silence("first", SECOND.multipliedBy(2)));
        signs.heard("first", Duration.ZERO);
        pass(SECOND);
        assertThat(signs.longest()).contains(new Silence("second", SECOND.multipliedBy(2)));
        signs.answered("second");
        assertThat(signs.longest()).contains(new Silence("first", SECOND));
        signs.answered("first");
        assertThat(signs.longest()).isEmpty();
    }

    @Test
    void a_repeated_try_is_no_sign_of_life() {
        Assignment ours = () -> true;
        signs.expect("step", ours, HOUR);
        pass(SECOND);
        signs.expect("step", ours, HOUR);
        assertThat(signs.longest()).contains(new Silence("step", SECOND));
    }

    @Test
    void what_another_member_has_by_now_is_not_waited_for() {
        AtomicBoolean current = new AtomicBoolean(true);
        signs.expect("step", current::get, HOUR);
        pass(SECOND);
        current.set(false);
        assertThat(signs.longest()).isEmpty();
    }

    @Test
    void a_command_that_comes_back_begins_anew() {
        signs.expect("step", () -> false, HOUR);
        pass(SECOND);
        signs.expect("step", () -> true, HOUR);
        pass(SECOND);
        assertThat(signs.longest()).contains(new Silence("step", SECOND));
    }

    @Test
    void signs_of_life_behind_the_deadline_prove_nothing() {
        signs.expect("hanging", () -> true, SECOND.multipliedBy(2));
        pass(SECOND);
        signs.heard("hanging", Duration.ZERO);
        assertThat(signs.longest()).contains(new Silence("hanging", Duration.ZERO));
        for (int beat = 0; beat < 4; beat++) {
            pass(SECOND);
            signs.heard("hanging", Duration.ZERO);
        }
        assertThat(signs.longest()).contains(new Silence("hanging", SECOND.multipliedBy(3)));
    }

    @Test
    void a_command_that_comes_after_its_deadline_counts_from_when_it_came() {
        signs.expect("late", () -> true, HOUR.negated());
        pass(SECOND);
        signs.heard("late", Duration.ZERO);
        assertThat(signs.longest()).contains(new Silence("late", SECOND));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
