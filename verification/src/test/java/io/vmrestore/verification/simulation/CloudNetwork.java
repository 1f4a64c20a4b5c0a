package io.vmrestore.verification.simulation;

import io.vmrestore.simulator.CloudRouter;
import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.engine.Timeline;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

/** The way from processes to the cloud's real web layer and back; requests outlive the process that sent them. */
final class CloudNetwork {
    static final String URL = "http://cloud:35357";

    /** A request that nobody waits for any more arrives within this time, if ever. */
    private static final int LATEST_MILLIS = 4000;

    private final Schedule schedule;
    private final Trace trace;
    private final Random random;
    private final HttpHandler cloud;
    private final LookRule looks = new LookRule();
    private double trouble;
    private BiConsumer<SimulatedProcess, HttpRequest> aim = (_, _) -> {};

    CloudNetwork(Schedule schedule, Trace trace, Cloud cloud) {
        this.schedule = schedule;
        this.trace = trace;
        this.random = schedule.random();
        this.cloud = CloudRouter.handler(cloud, URL);
    }

    /** Time of the cloud. */
    static Timeline timeline(Schedule schedule) {
        return new Timeline() {
            @Override
            public Instant now() {
                return schedule.now();
            }

            @Override
            public void after(Duration delay, Runnable step) {
                schedule.after(delay, step);
            }
        };
    }

    /** How many of the requests meet trouble, from 0 to 1. */
    void trouble(double share) {
        trouble = share;
    }

    /** Tells of every process that is about to send a request, or whose request has just been carried out. */
    void aim(BiConsumer<SimulatedProcess, HttpRequest> told) {
        aim = told;
    }

    CompletableFuture<CloudAnswer> send(SimulatedProcess process, HttpRequest request, byte[] body) {
        CompletableFuture<CloudAnswer> answer = new CompletableFuture<>();
        String what = request.method() + " " + request.uri().getRawPath()
                + (request.uri().getRawQuery() == null
                        ? ""
                        : "?" + request.uri().getRawQuery());
        aim.accept(process, request);
        // Whoever is frozen now sends when it wakes.
        schedule.pause(Duration.ZERO);
        Meeting meeting = meeting();
        if (meeting == Meeting.NOT_REACHED) {
            later(20, () -> fail(process, what, answer, new ConnectException("Connection refused")));
            return answer;
        }
        if (meeting == Meeting.RESET) {
            later(20, () -> fail(process, what, answer, new IOException("Connection reset")));
            return answer;
        }
        int way = meeting == Meeting.SLOW_REQUEST ? random.nextInt(LATEST_MILLIS) : 1 + random.nextInt(8);
        later(way, () -> {
            looks.before(process, request);
            CloudAnswer given = handle(request, body);
            looks.after(process, request, given.status());
            trace.add(process.name(), what + " -> " + given.status());
            aim.accept(process, request);
            switch (meeting) {
                case LOST_ANSWER -> later(5, () -> fail(process, what, answer, new IOException("Connection reset")));
                case NO_ANSWER -> trace.add(process.name(), "never hears of " + what);
                case SLOW_ANSWER -> later(random.nextInt(20_000), () -> answer.complete(given));
                case NONE, SLOW_REQUEST, NOT_REACHED, RESET ->
                    later(1 + random.nextInt(8), () -> answer.complete(given));
            }
        });
        return answer;
    }

    private enum Meeting {
        NONE,
        NOT_REACHED,
        RESET,
        LOST_ANSWER,
        NO_ANSWER,
        SLOW_REQUEST,
        SLOW_ANSWER
    }

    private Meeting meeting() {
        if (trouble == 0 || random.nextDouble() >= trouble) {
            return Meeting.NONE;
        }
        Meeting[] all = Meeting.values();
        return all[1 + random.nextInt(all.length - 1)];
    }

    private void later(int millis, Runnable action) {
        schedule.after(Duration.ofMillis(millis), action);
    }

    private void fail(
            SimulatedProcess process, String what, CompletableFuture<CloudAnswer> answer, IOException failure) {
        trace.add(process.name(), what + " -> " + failure.getMessage());
        answer.completeExceptionally(failure);
    }

    private CloudAnswer handle(HttpRequest request, byte[] body) {
        MockServerHttpRequest.BodyBuilder builder =
                MockServerHttpRequest.method(HttpMethod.valueOf(request.method()), request.uri());
        request.headers().map().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        MockServerHttpRequest incoming = body.length == 0
                ? builder.build()
                : builder.body(new String(body, java.nio.charset.StandardCharsets.UTF_8));
        MockServerHttpResponse outgoing = new MockServerHttpResponse();
        cloud.handle(incoming, outgoing).block(Duration.ZERO.plusSeconds(10));
        byte[] bytes = java.util.Objects.requireNonNullElse(
                        outgoing.getBodyAsString().block(), "")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        int status = java.util.Objects.requireNonNull(outgoing.getStatusCode()).value();
        return new CloudAnswer(request, status, outgoing.getHeaders(), bytes);
    }
}
