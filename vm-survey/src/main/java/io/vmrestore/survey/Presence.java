package io.vmrestore.survey;

/**
 * Whether something is in the cloud, as {@link Absence} found out. What is not certain is neither there nor gone:
 * nothing may be deleted, made or called a leftover on it.
 */
public sealed interface Presence<T> {

    /** Asks {@link Absence} about one thing. */
    @FunctionalInterface
    interface Question<T> {
        Presence<T> ask() throws InterruptedException;
    }

    /** What one may act on. */
    sealed interface Certain<T> extends Presence<T> {}

    /** It is there; the service has shown it. */
    record Present<T>(T value) implements Certain<T> {}

    /**
     * It is gone: the service said so itself, said it again after a pause, and nothing contradicts it.
     *
     * @param evidence the service's words with its request id
     */
    record Gone<T>(String evidence) implements Certain<T> {}

    /**
     * The answers contradict each other, or say nothing about the thing.
     *
     * @param reason what was answered and what contradicts it
     */
    record Unknown<T>(String reason) implements Presence<T> {}
}
