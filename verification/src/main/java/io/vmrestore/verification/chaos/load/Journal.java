package io.vmrestore.verification.chaos.load;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Everything that the clients have asked for and were answered. */
public final class Journal {
    private final Queue<Restore> restores = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Consumer<String> told;
    private final Map<AnswerClass, AtomicInteger> counts = new ConcurrentHashMap<>();

    /** @param told is told of each wrong answer at once */
    public Journal(Consumer<String> told) {
        this.told = told;
    }

    public void add(Restore restore) {
        restores.add(restore);
    }

    public List<Restore> restores() {
        return List.copyOf(restores);
    }

    void count(AnswerClass answer) {
        counts.computeIfAbsent(answer, _ -> new AtomicInteger()).incrementAndGet();
    }

    /** Records an answer that may not be given. */
    public void wrong(String what) {
        wrong.add(what);
        told.accept(Instant.now() + " " + what);
    }

    public List<String> wrongAnswers() {
        return List.copyOf(wrong);
    }

    /** Answers by class. */
    public Map<AnswerClass, Integer> counts() {
        Map<AnswerClass, Integer> result = new EnumMap<>(AnswerClass.class);
        counts.forEach((answer, count) -> result.put(answer, count.get()));
        return result;
    }
}
