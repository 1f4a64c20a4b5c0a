package io.vmrestore.executor.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.contract.FailureKind;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StopSignalTest {
    private final StopSignal stop = new StopSignal();
    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void a_wait_ends_at_once_when_the_attempt_is_asked_to_stop() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            FutureTask<StepFailure> waiting =
                    new FutureTask<>(() -> catchThrowableOfType(StepFailure.class, this::waitForever));
            Thread thread = Thread.startVirtualThread(waiting);
            await().until(() -> thread.getState() == Thread.State.WAITING);

            stop.ask();

            assertThat(waiting.get().failure().kind()).isEqualTo(FailureKind.STOPPED);
            assertThat(waiting.get().retryable()).isFalse();
        }
    }

    @Test
    void who_was_asked_before_does_not_begin_to_wait() {
        stop.ask();

        assertThatThrownBy(this::waitForever).isInstanceOf(StepFailure.class);
    }

    @Test
    void what_is_no_wait_is_never_interrupted() throws Exception {
        stop.during(() -> "over");
        stop.ask();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void who_loses_the_step_is_interrupted_as_before() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<InterruptedException> waiting =
                    threads.submit(() -> catchThrowableOfType(InterruptedException.class, () -> {
                        Thread.currentThread().interrupt();
                        stand(never);
                    }));

            assertThat(waiting.get()).isNotNull();
        }
    }

    private void stand(CountDownLatch latch) throws InterruptedException {
        stop.during(() -> {
            latch.await();
            return latch;
        });
    }

    private void waitForever() throws InterruptedException {
        stand(never);
    }
}
