package io.vmrestore.simulator.web;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.faults.Fault;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Takes a call through faults, version, token and endpoint to its answer. */
public final class Dispatcher {
    private static final byte[] NOTHING = {};
    private static final Microversion UNKNOWN = new Microversion(0, 0);

    private final Cloud cloud;
    private final @Nullable String advertisedUrl;

    /** @param advertisedUrl the base of all links; null: what the client called */
    public Dispatcher(Cloud cloud, @Nullable String advertisedUrl) {
        this.cloud = cloud;
        this.advertisedUrl = advertisedUrl;
    }

    Mono<ServerResponse> dispatch(ServerRequest request, Dialect dialect, Endpoint endpoint, boolean tokenWanted) {
        String call = call(request);
        Optional<Fault.Slow> slow = cloud.faults().take(Fault.Slow.class, call);
        Mono<byte[]> body = request.bodyToMono(byte[].class).defaultIfEmpty(NOTHING);
        Mono<byte[]> ready = slow.map(fault -> body.delayElement(fault.delay())).orElse(body);
        return ready.flatMap(bytes -> answer(request, dialect, endpoint, tokenWanted, bytes, call));
    }

    private Mono<ServerResponse> answer(
            ServerRequest request, Dialect dialect, Endpoint endpoint, boolean tokenWanted, byte[] body, String call) {
        if (cloud.faults().take(Fault.DropRequest.class, call).isPresent()) {
            return Connections.close(request);
        }
        Optional<Fault.Answer> wrong = cloud.faults().take(Fault.Answer.class, call);
        boolean lost = wrong.isEmpty()
                && cloud.faults().take(Fault.LoseAnswer.class, call).isPresent();
        String base = base(request);
        Microversion version;
        try {
            version = dialect.version(request);
        } catch (VersionNotAvailable unavailable) {
            return respond(request, dialect, UNKNOWN, unavailable.answer());
        } catch (Refused malformed) {
            return respond(
                    request, dialect, UNKNOWN, dialect.refusal(malformed, base).unversioned());
        }
        Answer answer;
        try {
            answer = wrong.isPresent()
                    ? injected(dialect, wrong.get(), base)
                    : cloud.execute(() -> run(request, dialect, endpoint, tokenWanted, body, version, base));
        } catch (Refused refused) {
            answer = dialect.refusal(refused, base);
        }
        if (lost) {
            return Connections.close(request);
        }
        Duration late = cloud.faults()
                .take(Fault.LateAnswer.class, call)
                .map(Fault.LateAnswer::delay)
                .orElse(Duration.ZERO);
        Mono<ServerResponse> response = respond(request, dialect, version, answer);
        return late.isZero() ? response : response.delaySubscription(late);
    }

    private Answer run(
            ServerRequest request,
            Dialect dialect,
            Endpoint endpoint,
            boolean tokenWanted,
            byte[] body,
            Microversion version,
            String base) {
        dialect.checkBody(body);
        if (cloud.faults().take(Fault.RevokeToken.class, call(request)).isPresent()) {
            cloud.tokens().forget(request.headers().firstHeader("X-Auth-Token"));
        }
        @Nullable Caller caller = tokenWanted ? authenticate(request, dialect) : null;
        return endpoint.handle(new Call(request, dialect, version, base, caller, body, cloud.maxPage()));
    }

    private Caller authenticate(ServerRequest request, Dialect dialect) {
        return cloud.tokens()
                .caller(request.headers().firstHeader("X-Auth-Token"))
                .filter(caller -> caller.project() != null || !dialect.wantsProject())
                .orElseThrow(Refused::unauthorized);
    }

    private static Answer injected(Dialect dialect, Fault.Answer fault, String base) {
        if (fault.status() == HttpStatus.UNAUTHORIZED.value()) {
            return dialect.refusal(Refused.unauthorized(), base);
        }
        String message = fault.message() == null ? "The simulator was told to answer this." : fault.message();
        Answer answer = dialect.error(fault.status(), message);
        return fault.retryAfter() == null ? answer : answer.with("Retry-After", String.valueOf(fault.retryAfter()));
    }

    private Mono<ServerResponse> respond(ServerRequest request, Dialect dialect, Microversion version, Answer answer) {
        ServerResponse.BodyBuilder response = ServerResponse.status(answer.status());
        if (answer.versioned()) {
            dialect.headers(version).forEach(response::header);
        }
        answer.headers().forEach((name, value) -> response.headers(headers -> headers.set(name, value)));
        String requestId = "req-" + cloud.engine().newId();
        for (String header : dialect.requestIdHeaders()) {
            response.header(header, requestId);
        }
        if (answer.body() == null || HttpMethod.HEAD.equals(request.method())) {
            return response.build();
        }
        byte[] bytes = Json.MAPPER.writeValueAsBytes(answer.body());
        return response.contentType(MediaType.APPLICATION_JSON).bodyValue(bytes);
    }

    private String base(ServerRequest request) {
        if (advertisedUrl != null) {
            return advertisedUrl;
        }
        String host = request.headers().firstHeader("Host");
        return "http://" + (host == null ? request.uri().getAuthority() : host);
    }

    /** What faults of calls are matched against. */
    private static String call(ServerRequest request) {
        String query = request.uri().getRawQuery();
        return request.method() + " " + request.uri().getRawPath() + (query == null ? "" : "?" + query);
    }
}
