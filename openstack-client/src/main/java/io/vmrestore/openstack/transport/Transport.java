package io.vmrestore.openstack.transport;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.vmrestore.common.connection.ConnectionFault;
import io.vmrestore.common.connection.TlsFault;
import io.vmrestore.common.fair.FairPlaces;
import io.vmrestore.common.metrics.Metric;
import io.vmrestore.common.retry.Backoff;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailureClass;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends every request over one shared client: times it, renews a refused token once, repeats what is safe to repeat a
 * few times, and throws what the cloud refuses.
 */
public final class Transport implements AutoCloseable {

    /**
     * Reads under way at once, each of which holds a connection; shared among projects, so that those of a project that
     * get no answers leave connections to others. Writes never wait: what was looked up before them must not age.
     */
    private static final int MOST_READS = 1000;

    private static final int ATTEMPTS = 3;

    /** A longer Retry-After is for the caller, who can say so and do something else meanwhile. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private static final Backoff BACKOFF = Backoff.scattered(Duration.ofMillis(400), LONGEST_PAUSE);

    private final HttpClient client;
    private final Duration timeout;
    private final ObservationRegistry observations;
    private final TimeSource time;
    private final Chance chance;
    private final FairPlaces reads;

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
        this(client, requestTimeout, observations, time, chance, new FairPlaces(MOST_READS));
    }

    /** As above, with places of its own for reads under way. */
    public Transport(
            HttpClient client,
            Duration requestTimeout,
            ObservationRegistry observations,
            TimeSource time,
            Chance chance,
            FairPlaces reads) {
        this.reads = reads;
        this.client = client;
        this.timeout = requestTimeout;
        this.observations = observations;
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
                Answer answer = inTurn(sent, call, token);
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

    private Answer inTurn(Outgoing request, Call call, @Nullable String token) {
        TokenHolder project = call.tokens();
        // A token is asked for once per project, and a project's other calls wait for it.
        if (project == null || !call.mayRepeat(request.method())) {
            return observed(request, call, token);
        }
        try (FairPlaces.Place _ = reads.take(project)) {
            return observed(request, call, token);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered(request, call, "interrupted before it was sent", false, e);
        }
    }

    private Answer observed(Outgoing request, Call call, @Nullable String token) {
        HttpRequest.Builder builder = builder(request, call, token);
        // The tracing handler, where there is one, adds the W3C traceparent to the carrier.
        SenderContext<HttpRequest.Builder> context = new SenderContext<>(
                (carrier, name, value) -> {
                    if (carrier != null) {
                        carrier.setHeader(name, value);
                    }
                },
                Kind.CLIENT);
        context.setCarrier(builder);
        context.setRemoteServiceName(call.service().label());
        Observation observation = Observation.createNotStarted(
                        Metric.CLOUD_REQUESTS.wireName(), () -> context, observations)
                .contextualName(request.method() + " " + call.service().label())
                .lowCardinalityKeyValue("service", call.service().label())
                .lowCardinalityKeyValue("method", request.method())
                .start();
        String status = "none";
        try {
            Answer answer = exchange(builder.build(), request, call);
            status = answer.getStatus() / 100 + "xx";
            return answer;
        } catch (CloudException e) {
            observation.error(e);
            throw e;
        } finally {
            observation.lowCardinalityKeyValue("status", status).stop();
        }
    }

    private HttpRequest.Builder builder(Outgoing request, Call call, @Nullable String token) {
        String body = request.body();
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri())
                .method(
                        request.method(),
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        request.headers().forEach(builder::setHeader);
        builder.setHeader("Accept", "application/json");
        builder.setHeader("X-Openstack-Request-Id", call.requestId());
        if (body != null) {
            builder.setHeader("Content-Type", "application/json");
        }
        if (token != null) {
            builder.setHeader("X-Auth-Token", token);
        }
        if (call.version() != null) {
            builder.setHeader("OpenStack-API-Version", call.version());
        }
        return builder;
    }

    private Answer exchange(HttpRequest ready, Outgoing request, Call call) {
        // The client's own request timeout ends with the headers; a body that never comes would hold us for ever.
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(ready, HttpResponse.BodyHandlers.ofByteArray());
        try {
            HttpResponse<byte[]> response = time.get(answer, timeout);
            return new Answer(request, call, response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException e) {
            throw unanswered(request, call, "no answer within " + timeout.toMillis() + " ms", true, e);
        } catch (ExecutionException e) {
            throw broken(request, call, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered(request, call, "interrupted before the answer", true, e);
        } finally {
            answer.cancel(true);
        }
    }

    private static CloudException.Unavailable broken(Outgoing request, Call call, Throwable cause) {
        ConnectionFault fault = ConnectionFault.of(cause, request.uri().getAuthority());
        return unanswered(request, call, fault.message(), fault.sent(), cause);
    }

    private static CloudException.Unavailable unanswered(
            Outgoing request, Call call, String message, boolean sent, Throwable cause) {
        return new CloudException.Unavailable(
                call.failed(request.method(), request.path(), 0, message, null),
                sent && !call.mayRepeat(request.method()),
                null,
                cause);
    }

    /** Closes the connections; requests under way are given up. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
