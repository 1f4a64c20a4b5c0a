package io.vmrestore.openstack.transport;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.vmrestore.common.connection.ConnectionFault;
import io.vmrestore.common.fair.FairPlaces;
import io.vmrestore.common.metrics.Metric;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.failure.CloudException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer over the shared client: waits for a place among the reads under way, sets the headers,
 * times and traces it, and tells how a connection failed. What an answer means is not looked at here.
 */
final class Exchanges implements AutoCloseable {
    /**
     * Reads under way at once, each of which holds a connection; shared among projects, so that those of a project that
     * get no answers leave connections to others. Writes never wait: what was looked up before them must not age.
     */
    static final int MOST_READS = 1000;

    private final HttpClient client;
    private final Duration timeout;
    private final ObservationRegistry observations;
    private final TimeSource time;
    private final FairPlaces reads;

    Exchanges(
            HttpClient client, Duration timeout, ObservationRegistry observations, TimeSource time, FairPlaces reads) {
        this.client = client;
        this.timeout = timeout;
        this.observations = observations;
        this.time = time;
        this.reads = reads;
    }

    /**
     * Sends a request once, in its turn if it is a read, and gives the answer whatever its status is.
     *
     * @throws CloudException.Unavailable if there is none
     */
    Answer send(Outgoing request, Call call, @Nullable String token) {
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

    @Override
    public void close() {
        client.shutdownNow();
    }
}
