package io.vmrestore.survey;

import io.vmrestore.common.connection.CallFault;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/**
 * Independent reads of the cloud at the same time, each on a virtual thread, with one time limit for all. Closing stops
 * what still runs.
 */
public final class Reads implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final TimeSource time;
    private final Duration limit;
    private final long deadline;

    /** @param limit how long all reads together may take, from now on */
    public Reads(TimeSource time, Duration limit) {
        this.time = time;
        this.limit = limit;
        deadline = time.nanoTime() + limit.toNanos();
    }

    /** A read that has begun. */
    public final class Read<T> {
        private final String service;
        private final Future<T> future;

        private Read(String service, Future<T> future) {
            this.service = service;
            this.future = future;
        }

        /**
         * Waits for the answer; an unchecked exception of the read is thrown as it was.
         *
         * @throws SurveyException naming the service if the time limit passes first
         */
        public T get() throws InterruptedException {
            try {
                return time.get(future, Duration.ofNanos(deadline - time.nanoTime()));
            } catch (TimeoutException late) {
                String message = "The " + service + " service did not answer within " + limit.toMillis() + " ms. "
                        + CallFault.NO_ANSWER_IN_TIME.remedy("");
                throw new SurveyException(new Failure(FailureKind.CLOUD_TIMEOUT, message, service, null, null));
            } catch (ExecutionException failed) {
                switch (failed.getCause()) {
                    case RuntimeException unchecked -> throw unchecked;
                    case Error error -> throw error;
                    case InterruptedException stopped -> throw stopped;
                    case null, default -> throw new IllegalStateException("A read failed", failed.getCause());
                }
            }
        }
    }

    /**
     * Begins a read.
     *
     * @param service which service it asks, as failures name it: identity, compute, volume or network
     */
    public <T> Read<T> start(String service, Callable<T> read) {
        return new Read<>(service, threads.submit(read));
    }

    /** Waits within a read, which closing ends. */
    public void rest(Duration duration) throws InterruptedException {
        time.sleep(duration);
    }

    /** Interrupts what still runs and waits until it has stopped. */
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
