package io.vmrestore.gateway.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vmrestore.gateway.http.Problem;
import io.vmrestore.gateway.http.ProblemException;
import io.vmrestore.gateway.http.ProblemKind;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Finds what a request stands for. With an {@code Idempotency-Key} it is what the caller's first request with this key
 * stands for, on whichever gateway that was and whatever died since.
 */
@Component
public final class Claims {
    static final String HEADER = "Idempotency-Key";

    private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

    private final StatusService status;
    private final Clock clock;

    Claims(StatusService status, Clock clock) {
        this.status = status;
        this.clock = clock;
    }

    /**
     * The request's claim.
     *
     * @param operation what the path asks for; the same body under the same key may not mean something else
     * @param newId makes the id for what a new request makes, given its time
     * @return fails with a {@link ProblemException}: 400 if the key is malformed, 422 if it stands for another request
     */
    public Mono<Claim> of(
            String operation, byte @Nullable [] body, Function<Instant, UUID> newId, ServerWebExchange exchange) {
        List<String> keys = exchange.getRequest().getHeaders().getOrEmpty(HEADER);
        // As precise as the status store, which gives it back to a repeated request.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String key = keys.isEmpty() ? null : keys.getFirst();
        Claim wanted = new Claim(key, digest(operation, body), newId.apply(now), now, false);
        if (key == null) {
            return Mono.just(wanted);
        }
        if (keys.size() > 1 || !KEY.matcher(key).matches()) {
            return Mono.error(() -> Problem.of(
                            ProblemKind.INVALID_REQUEST,
                            "The header " + HEADER + " must be given once and hold 1 to 255 visible ASCII characters"
                                    + " without spaces, for example a UUID.")
                    .asException());
        }
        return status.claim(key, wanted).doOnNext(held -> requireSame(wanted, held));
    }

    private static void requireSame(Claim wanted, Claim held) {
        if (!wanted.digest().equals(held.digest())) {
            throw Problem.of(
                            ProblemKind.IDEMPOTENCY_KEY_REUSED,
                            "This " + HEADER + " was sent with another request at " + held.at()
                                    + "; a new request needs a new key.")
                    .asException();
        }
    }

    private static String digest(String operation, byte @Nullable [] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(operation.getBytes(UTF_8));
            digest.update((byte) '\n');
            return HexFormat.of().formatHex(digest.digest(body == null ? new byte[0] : body));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
