package io.vmrestore.executor.command;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * Runs each command once at a time in this process. Who brings a command that is at work waits for its end: the command
 * is done when it ended well, and is run again when it ended otherwise.
 */
final class InFlight {
    private final Map<String, CompletableFuture<Boolean>> running = new ConcurrentHashMap<>();

    /** Returns when the command was carried out, by this call or by the one that it waited for. */
    void once(String commandId, Callable<?> work) throws Exception {
        while (true) {
            CompletableFuture<Boolean> mine = new CompletableFuture<>();
            CompletableFuture<Boolean> other = running.putIfAbsent(commandId, mine);
            if (other == null) {
                run(commandId, mine, work);
                return;
            }
            if (done(other)) {
                return;
            }
        }
    }

    int size() {
        return running.size();
    }

    private void run(String commandId, CompletableFuture<Boolean> mine, Callable<?> work) throws Exception {
        boolean done = false;
        try {
            work.call();
            done = true;
        } finally {
            running.remove(commandId, mine);
            mine.complete(done);
        }
    }

    private static boolean done(CompletableFuture<Boolean> other) throws InterruptedException {
        try {
            return other.get();
        } catch (ExecutionException never) {
            throw new IllegalStateException("The end of a command is only ever true or false", never);
        }
    }
}
