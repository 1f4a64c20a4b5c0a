package io.vmrestore.verification.chaos.load;

import java.util.Optional;

/** Tells right answers from wrong ones by what the interface promises, whatever is broken at the moment. */
final class AnswerRules {
    private static final String PROBLEM = "application/problem+json";

    private AnswerRules() {}

    /** How an answer is to be counted. */
    static AnswerClass classify(Call call, Answer answer) {
        int status = answer.status();
        if (status == 0) {
            return AnswerClass.CUT;
        }
        if (wrong(call, answer).isPresent()) {
            return AnswerClass.WRONG;
        }
        if (call.grants(status)) {
            return AnswerClass.GRANTED;
        }
        return switch (status) {
            case 503 -> AnswerClass.UNAVAILABLE;
            case 429 -> AnswerClass.LIMITED;
            case 502, 504 -> AnswerClass.CLOUD_AWAY;
            default -> AnswerClass.REFUSED;
        };
    }

    /** Why an answer may never be given; empty if it may. */
    static Optional<String> wrong(Call call, Answer answer) {
        int status = answer.status();
        if (status == 0) {
            return Optional.empty();
        }
        if (!answer.body().isObject()) {
            return Optional.of("the body is no JSON object");
        }
        if (call.grants(status)) {
            return Optional.empty();
        }
        if (answer.contentType() == null || !answer.contentType().startsWith(PROBLEM)) {
            return Optional.of("an error that is no " + PROBLEM + " but " + answer.contentType());
        }
        if (answer.body().path("status").asInt() != status
                || !answer.text("type").startsWith("urn:")
                || answer.text("detail").isBlank()) {
            return Optional.of("a problem without its status, type or detail");
        }
        return switch (status) {
            case 503, 429 ->
                answer.retryAfter() == null ? Optional.of(status + " without Retry-After") : Optional.empty();
            case 502, 504 ->
                call.asksCloud() ? Optional.empty() : Optional.of(status + ", though the cloud need not be asked");
            default -> call.refuses(status) ? Optional.empty() : Optional.of(call + " may not be answered " + status);
        };
    }
}
