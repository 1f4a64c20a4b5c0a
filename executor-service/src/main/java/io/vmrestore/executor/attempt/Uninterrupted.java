package io.vmrestore.executor.attempt;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Lets something come to its end although the attempt is taken away meanwhile: a call that makes something, because cut
 * off nobody would know what it has made, and the look for it afterwards.
 */
public final class Uninterrupted {
    private Uninterrupted() {}

    /** Runs the work in a thread of its own and waits for it; an interrupt is kept for afterwards. */
    public static <T> T call(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, Thread::startVirtualThread)
                    .join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw failed;
        }
    }
}
