package io.vmrestore.verification.chaos.load;

/** How an answer is judged. */
public enum AnswerClass {
    /** What was asked for. */
    GRANTED("granted"),
    /** 404, 409 or 422 where the job's state explains it. */
    REFUSED("refused, explained"),
    /** 502 or 504: the cloud is away. */
    CLOUD_AWAY("cloud away (502, 504)"),
    /** 503 with Retry-After. */
    UNAVAILABLE("unavailable (503)"),
    /** 429 with Retry-After. */
    LIMITED("limited (429)"),
    /** The connection was cut, or nothing came in time. */
    CUT("no answer"),
    /** Anything else. */
    WRONG("wrong");

    private final String label;

    AnswerClass(String label) {
        this.label = label;
    }

    /** The name in the table. */
    public String label() {
        return label;
    }
}
