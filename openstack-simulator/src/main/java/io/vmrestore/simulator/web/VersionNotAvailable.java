package io.vmrestore.simulator.web;

import java.util.Map;

/** A version outside the service's range was asked for; carries the whole answer. */
public final class VersionNotAvailable extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Answer answer;

    /** The answer of Nova and of Cinder, which both call it a fault of compute. */
    public VersionNotAvailable(
            Microversion asked, Microversion lowest, Microversion highest, Map<String, String> headers) {
        super("Version " + asked + " is not supported by the API. Minimum is " + lowest + " and maximum is " + highest
                + ".");
        this.answer = new Answer(
                406,
                headers,
                Json.object("computeFault", Json.object().put("code", 406).put("message", getMessage())),
                false);
    }

    public Answer answer() {
        return answer;
    }
}
