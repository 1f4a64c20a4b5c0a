package io.vmrestore.gateway.upstream;

/** A service of ours answered without a body where the contract has one. */
public final class EmptyAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** To be told as an answer that is not understood. */
    public EmptyAnswerException() {
        super("It answered without a body");
    }
}
