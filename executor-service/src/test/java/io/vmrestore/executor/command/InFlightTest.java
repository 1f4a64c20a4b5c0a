package io.vmrestore.executor.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class InFlightTest {
    private final InFlight inFlight = new InFlight();
    private final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch go = new CountDownLatch(1);

    @Test
    void a_command_that_is_at_work_is_waited_for_and_not_run_again() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = threads.submit(() -> once(false));
            await().until(() -> runs.get() == 1);
            FutureTask<?> second = new FutureTask<>(() -> once(false));
            Thread waiting = Thread.startVirtualThread(second);
            await().until(() -> waiting.getState() == Thread.State.WAITING);
            go.countDown();
            first.get();
            second.get();
        }
        assertThat(runs).hasValue(1);
        assertThat(inFlight.size()).isZero();
    }

    @Test
    void a_command_whose_first_run_was_taken_away_is_run_again() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = threads.submit(() -> once(true));
            await().until(() -> runs.get() == 1);
            Future<?> second = threads.submit(() -> once(false));
            go.countDown();
            assertThatThrownBy(first::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            second.get();
        }
        assertThat(runs).hasValue(2);
    }

    private Object once(boolean takenAway) throws Exception {
        inFlight.once("job/1/1", () -> {
            runs.incrementAndGet();
            go.await();
            if (takenAway) {
                throw new InterruptedException();
            }
            return "done";
        });
        return "done";
    }
}
