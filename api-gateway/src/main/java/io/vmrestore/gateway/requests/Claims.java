package io.vmrestore.gateway.requests;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.gateway.upstream.StatusUpstream;
import io.vmrestore.support.api.RequestClaim;
import io.vmrestore.support.api.RequestsApi;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Finds what a request stands for. With an {@code Idempotency-Key} it is what the caller's first request with this key
 * stands for, on whichever gateway that was and whatever died since.
 */
@Component
public final class Claims {
    private static final String HEADER = "Idempotency-Key";

    private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

    private final StatusUpstream service;
    private final RequestsApi requests;
    private final Duration lifetime;
    private final Clock clock;

    Claims(StatusUpstream service, GatewaySettings settings, Clock clock) {
        this.service = service;
        this.requests = service.questions(RequestsApi.class);
        this.lifetime = settings.status().claimLifetime();
        this.clock = clock;
    }

    /**
     * The request's claim.
     *
     * @param operation what the path asks for
     * @param meaning of the body; under the same key nothing else may be meant
     * @param newId makes the id for what a new request makes, given its time
     * @return fails with a {@link ProblemException}: 400 if the key is malformed, 422 if it stands for another request
     */
    public Mono<Claim> of(String operation, String meaning, Function<Instant, UUID> newId, ServerWebExchange exchange) {
        Claim wanted = wanted(operation, meaning, newId, exchange);
        return wanted.key() == null ? Mono.just(wanted) : held(wanted);
    }

    /**
     * The claim that a request makes if it is the first of its kind.
     *
     * @throws ProblemException 400 if its key is malformed
     */
    public Claim wanted(String operation, String meaning, Function<Instant, UUID> newId, ServerWebExchange exchange) {
        List<String> keys = exchange.getRequest().getHeaders().getOrEmpty(HEADER);
        // As precise as the status store, which gives it back to a repeated request.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String key = keys.isEmpty() ? null : keys.getFirst();
        if (key != null && (keys.size() > 1 || !KEY.matcher(key).matches())) {
            throw Problem.of(
                            ProblemKind.INVALID_REQUEST,
                            "The header " + HEADER + " must be given once and hold 1 to 255 visible ASCII characters"
                                    + " without spaces, for example a UUID.")
                    .asException();
        }
        return new Claim(key, digest(operation, meaning), newId.apply(now), now, false);
    }

    /** The claim that holds where this one is wanted. */
    Mono<Claim> held(Claim wanted) {
        return service.told(requests.claim(sent(wanted))).map(answer -> held(wanted, answer));
    }

    /** @throws ProblemException 422 if the claim that holds is of another request */
    static Claim held(Claim wanted, RequestClaim answer) {
        Claim held = new Claim(
                wanted.key(),
                Objects.requireNonNull(answer.digest()),
                Objects.requireNonNull(answer.subjectId()),
                Objects.requireNonNull(answer.claimedAt()),
                Boolean.TRUE.equals(answer.admitted()));
        // Of a key that an earlier version has taken, nobody knows any more what the request meant.
        boolean unknown = held.digest().isEmpty();
        if (!unknown && !wanted.digest().equals(held.digest())) {
            throw Problem.of(
                            ProblemKind.IDEMPOTENCY_KEY_REUSED,
                            "This " + HEADER + " was sent with another request at " + held.at()
                                    + "; a new request needs a new key.")
                    .asException();
        }
        return held;
    }

    RequestClaim sent(Claim wanted) {
        return new RequestClaim(
                wanted.key(),
                wanted.digest(),
                wanted.subjectId(),
                wanted.at(),
                wanted.at().plus(lifetime),
                wanted.admitted());
    }

    private static String digest(String operation, String meaning) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(operation.getBytes(UTF_8));
            digest.update((byte) '\n');
            return HexFormat.of().formatHex(digest.digest(meaning.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
