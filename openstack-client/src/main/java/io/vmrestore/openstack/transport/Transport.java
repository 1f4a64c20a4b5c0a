package io.vmrestore.openstack.transport;

import io.micrometer.observation.ObservationRegistry;
import io.vmrestore.common.connection.TlsFault;
import io.vmrestore.common.fair.FairPlaces;
import io.vmrestore.common.retry.Backoff;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailureClass;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends every request over one shared client: follows redirects, renews a refused token once, repeats what is safe to
 * repeat a few times, and throws what the cloud refuses.
 */
public final class Transport implements AutoCloseable {
    private static final int ATTEMPTS = 3;

    /** A longer Retry-After is for the caller, who can say so and do something else meanwhile. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private static final Backoff BACKOFF = Backoff.scattered(Duration.ofMillis(400), LONGEST_PAUSE);

    private final Exchanges exchanges;
    private final TimeSource time;
    private final Chance chance;

    /** HTTP/1.1, because that is what the services' own servers speak; redirects are followed by our own rules. */
    public static HttpClient.Builder client(Duration connectTimeout) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout);
    }

    /** Over a client of its own. */
    public Transport(
            Duration connectTimeout,
            Duration requestTimeout,
            ObservationRegistry observations,
            TimeSource time,
            Chance chance) {
        this(client(connectTimeout).build(), requestTimeout, observations, time, chance);
    }

    /** Over a client that is there already, and is closed with this. */
    public Transport(
            HttpClient client,
            Duration requestTimeout,
            ObservationRegistry observations,
            TimeSource time,
            Chance chance) {
        this(client, requestTimeout, observations, time, chance, new FairPlaces(Exchanges.MOST_READS));
    }

    /** As above, with places of its own for reads under way. */
    public Transport(
            HttpClient client,
            Duration requestTimeout,
            ObservationRegistry observations,
            TimeSource time,
            Chance chance,
            FairPlaces reads) {
        exchanges = new Exchanges(client, requestTimeout, observations, time, reads);
        this.time = time;
        this.chance = chance;
    }

    /** The time that all callers of this cloud go by. */
    public TimeSource time() {
        return time;
    }

    /** Where all callers of this cloud have their request ids from. */
    public Chance chance() {
        return chance;
    }

    Answer send(Outgoing request, Call call) {
        Outgoing sent = request;
        int followed = 0;
        String token = request.token();
        TokenHolder renewable = token == null ? null : call.tokens();
        Instant began = time.instant();
        for (int attempt = 1; ; attempt++) {
            CloudException refusal;
            try {
                Answer answer = exchanges.send(sent, call, token);
                if (answer.getStatus() < 300 || (answer.getStatus() == 300 && request.asksForVersions())) {
                    call.trail().answered(call.service().label(), request.method(), request.path());
                    note(answer, call);
                    return answer;
                }
                URI elsewhere = Redirects.followed(answer);
                if (elsewhere != null && ++followed <= Redirects.MOST) {
                    sent = sent.at(elsewhere);
                    attempt--;
                    continue;
                }
                if (answer.getStatus() == 401 && renewable != null && token != null) {
                    token = call.renew(renewable, token);
                    renewable = null;
                    continue;
                }
                refusal = Refusal.of(answer, call);
            } catch (CloudException.Unavailable e) {
                refusal = e;
            }
            Duration pause = pauseBeforeRepeating(refusal, request, call, attempt);
            if (pause == null || !slept(pause)) {
                CloudException raised = Doubts.raised(refusal, call, token);
                note(raised, request, call, began);
                throw raised;
            }
        }
    }

    /** How long to wait before the same request is sent again; null if it must not be. */
    private @Nullable Duration pauseBeforeRepeating(CloudException refusal, Outgoing request, Call call, int attempt) {
        if (!passes(refusal) || attempt >= ATTEMPTS || !call.mayRepeat(request.method())) {
            return null;
        }
        Duration asked = refusal.retryAfter();
        if (asked == null || !asked.isPositive()) {
            return BACKOFF.after(attempt, chance);
        }
        return asked.compareTo(LONGEST_PAUSE) > 0 ? null : asked;
    }

    /** Whether it may be gone in a moment. A timeout has cost its time already and would cost it again. */
    private static boolean passes(CloudException refusal) {
        return switch (FailureClass.of(refusal)) {
            case OUTAGE ->
                !(refusal.getCause() instanceof TimeoutException)
                        && !(refusal.getCause() instanceof InterruptedException)
                        && !lasts(refusal.getCause());
            case PASSING_STATE, REFUSAL -> false;
        };
    }

    private static boolean lasts(@Nullable Throwable cause) {
        return cause != null
                && TlsFault.of(cause, "").map(TlsFault::certificate).orElse(false);
    }

    private boolean slept(Duration pause) {
        try {
            time.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void note(CloudException refusal, Outgoing request, Call call, Instant began) {
        switch (FailureClass.of(refusal)) {
            case OUTAGE -> call.trail().unanswered(call.service().label(), request.method(), request.path(), began);
            case PASSING_STATE, REFUSAL ->
                call.trail().answered(call.service().label(), request.method(), request.path());
        }
    }

    private static void note(Answer answer, Call call) {
        Api api = call.api();
        if (api != null) {
            api.root().answers().set(true);
        }
        String id = answer.cloudRequestId();
        if (id != null && !call.mayRepeat(answer.request().method())) {
            call.trail().add(id);
        }
    }

    /** Closes the connections; requests under way are given up. */
    @Override
    public void close() {
        exchanges.close();
    }
}
