package io.vmrestore.support.listener;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import java.time.Duration;
import java.util.Optional;

/** What a listener says to a request that no application gets to see. All of it is the client's doing. */
final class Refusal {
    private Refusal() {}

    /** What the decoder could not read. */
    static Problem of(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> uriTooLong();
            case TooLongHttpHeaderException _ -> headersTooLarge();
            default -> malformed();
        };
    }

    /** What stands behind a status that the server gave without words; empty for those that applications give. */
    static Optional<Problem> of(int status) {
        return switch (status) {
            case 400 -> Optional.of(malformed());
            case 413 -> Optional.of(contentTooLarge());
            case 414 -> Optional.of(uriTooLong());
            case 431 -> Optional.of(headersTooLarge());
            default -> Optional.empty();
        };
    }

    static Problem malformedBody() {
        return Problem.of(
                ProblemKind.MALFORMED_REQUEST,
                "The body is not what the headers say: a chunk's length or end is wrong. Send it with Content-Length or"
                        + " in valid chunks.");
    }

    static Problem tooSlow(Duration allowed) {
        return Problem.of(
                ProblemKind.REQUEST_TIMEOUT,
                "The request was not complete within " + allowed.toMillis() / 1000.0
                        + " s. Send it again on a new connection.");
    }

    static Problem tooMany(Duration wait) {
        return Problem.of(
                        ProblemKind.TOO_MANY_REQUESTS,
                        "Too many requests without a valid token came from this address. Try again after Retry-After,"
                                + " or send a valid access token.")
                .retryAfter(wait);
    }

    static Problem malformed() {
        return Problem.of(
                ProblemKind.MALFORMED_REQUEST,
                "The request line or a header is not valid HTTP/1.1. Percent-encode what a URL cannot hold.");
    }

    private static Problem contentTooLarge() {
        return Problem.of(ProblemKind.CONTENT_TOO_LARGE, "The body is larger than any request needs.");
    }

    private static Problem uriTooLong() {
        return Problem.of(ProblemKind.URI_TOO_LONG, "The request line is too long. Send a shorter path and query.");
    }

    private static Problem headersTooLarge() {
        return Problem.of(
                ProblemKind.HEADERS_TOO_LARGE,
                "The headers are too large together. Send fewer or shorter ones; a token belongs there once.");
    }
}
