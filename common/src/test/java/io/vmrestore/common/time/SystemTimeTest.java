package io.vmrestore.common.time;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class SystemTimeTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(5);

    private final TimeSource time = TimeSource.system();

    @Test
    void a_wait_ends_with_what_it_waits_for_however_that_ends() throws Exception {
        CompletableFuture<String> failed = CompletableFuture.failedFuture(new IllegalStateException("broken"));
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        cancelled.cancel(true);

        assertThat(time.await(CompletableFuture.completedFuture("done"), LONG)).isTrue();
        assertThat(time.await(failed, LONG)).isTrue();
        assertThat(time.await(cancelled, LONG)).isTrue();
        assertThat(time.await(CompletableFuture.completedFuture("done"), Duration.ofSeconds(-1)))
                .isTrue();
    }

    @Test
    void a_wait_ends_with_its_limit() throws Exception {
        long began = time.nanoTime();

        assertThat(time.await(new CompletableFuture<>(), SHORT)).isFalse();

        assertThat(time.since(began)).isGreaterThanOrEqualTo(SHORT);
        assertThat(time.await(new CompletableFuture<>(), Duration.ofSeconds(-1)))
                .isFalse();
    }

    @Test
    void a_limit_may_be_longer_than_any_life() throws Exception {
        assertThat(time.await(CompletableFuture.completedFuture("done"), Duration.ofSeconds(Long.MAX_VALUE)))
                .isTrue();
    }

    @Test
    void a_result_is_waited_for() throws Exception {
        assertThat(time.get(CompletableFuture.completedFuture("done"), LONG)).isEqualTo("done");
        assertThatThrownBy(() -> time.get(new CompletableFuture<>(), SHORT)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> time.get(CompletableFuture.failedFuture(new IllegalStateException("broken")), LONG))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("broken");
    }

    @Test
    void sleeping_takes_its_time() throws Exception {
        long began = time.nanoTime();

        time.sleep(SHORT);

        assertThat(time.since(began)).isGreaterThanOrEqualTo(SHORT);
    }

    @Test
    void tasks_run_later_until_they_are_cancelled() throws Exception {
        CountDownLatch once = new CountDownLatch(1);
        CountDownLatch thrice = new CountDownLatch(3);

        Future<?> never = time.after(Duration.ofDays(365), () -> {});
        Future<?> one = time.after(SHORT, once::countDown);
        Future<?> beat = time.every(SHORT, thrice::countDown);

        assertThat(once.await(30, SECONDS)).isTrue();
        assertThat(thrice.await(30, SECONDS)).isTrue();
        beat.cancel(false);
        never.cancel(false);
        assertThat(time.await(one, LONG)).isTrue();
        assertThat(beat).isCancelled();
    }

    @Test
    void a_thread_is_there_and_not_started() throws Exception {
        CompletableFuture<String> name = new CompletableFuture<>();
        Thread thread =
                time.thread("worker", () -> name.complete(Thread.currentThread().getName()));

        assertThat(thread.getState()).isEqualTo(Thread.State.NEW);
        thread.start();

        assertThat(time.get(name, LONG)).isEqualTo("worker");
    }

    @Test
    void its_clock_shows_the_same() {
        Instant before = time.instant();

        assertThat(time.clock().instant()).isBetween(before, before.plus(LONG));
    }
}
