package io.vmrestore.simulator.web;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.identity.Caller;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.faults.Fault;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Takes a call through faults, version, token and endpoint to its answer. */
public final class Dispatcher {
    private static final byte[] NOTHING = {};
    private static final int FIRST_NO_SUCCESS = 300;
    private static final Microversion UNKNOWN = new Microversion(0, 0);

    private final Cloud cloud;
    private final OddElements oddElements;
    private final @Nullable String advertisedUrl;

    /** @param advertisedUrl the base of all links; null: what the client called */
    public Dispatcher(Cloud cloud, @Nullable String advertisedUrl) {
        this.cloud = cloud;
        this.oddElements = new OddElements(cloud.faults());
        this.advertisedUrl = advertisedUrl;
    }

    /** Redirects everything below a prefix to the same path without it. */
    public RouterFunction<ServerResponse> moved(String prefix) {
        Fault.Redirected permanently = new Fault.Redirected(null, "{path}");
        return RouterFunctions.route(RequestPredicates.path(prefix + "/**"), request -> {
            CallFaults faults = new CallFaults(cloud, request);
            String target = base(request) + faults.target().substring(prefix.length());
            return faults.inFront().orElseGet(() -> Foreign.redirect(permanently, target));
        });
    }

    Mono<ServerResponse> dispatch(ServerRequest request, Dialect dialect, Endpoint endpoint, boolean tokenWanted) {
        CallFaults faults = new CallFaults(cloud, request);
        Mono<byte[]> body = request.bodyToMono(byte[].class).defaultIfEmpty(NOTHING);
        Mono<byte[]> ready = faults.delay().map(body::delayElement).orElse(body);
        return ready.flatMap(bytes ->
                faults.inFront().orElseGet(() -> answer(request, dialect, endpoint, tokenWanted, bytes, faults)));
    }

    private Mono<ServerResponse> answer(
            ServerRequest request,
            Dialect dialect,
            Endpoint endpoint,
            boolean tokenWanted,
            byte[] body,
            CallFaults faults) {
        String base = base(request);
        Optional<Supplier<Answer>> wrong = faults.wrongAnswer(dialect, base);
        boolean lost = wrong.isEmpty() && faults.losesAnswer();
        VersionRange versions = faults.versions(dialect.versions());
        Microversion version;
        try {
            version = dialect.version(request, versions);
        } catch (VersionNotAvailable unavailable) {
            return respond(request, dialect, UNKNOWN, unavailable.answer());
        } catch (Refused malformed) {
            return respond(
                    request, dialect, UNKNOWN, dialect.refusal(malformed, base).unversioned());
        }
        Answer answer;
        try {
            answer = wrong.isPresent()
                    ? wrong.get().get()
                    : cloud.execute(() -> {
                        dialect.checkBody(body);
                        if (faults.revokesToken()) {
                            cloud.tokens().forget(request.headers().firstHeader("X-Auth-Token"));
                        }
                        if (tokenWanted && faults.leavesTokenUnchecked()) {
                            return ServiceErrors.tokensNotChecked();
                        }
                        @Nullable Caller caller = tokenWanted ? authenticate(request, dialect) : null;
                        return endpoint.handle(
                                new Call(request, dialect, version, versions, base, caller, body, cloud.maxPage()));
                    });
        } catch (Refused refused) {
            answer = dialect.refusal(refused, base);
        }
        if (lost) {
            return Connections.close(request);
        }
        oddElements.apply(answer.body());
        Duration late = faults.lateness();
        Mono<ServerResponse> response = respond(request, dialect, version, answer);
        return late.isZero() ? response : response.delaySubscription(late);
    }

    private Caller authenticate(ServerRequest request, Dialect dialect) {
        return cloud.tokens()
                .caller(request.headers().firstHeader("X-Auth-Token"))
                .filter(caller -> caller.project() != null || !dialect.wantsProject())
                .orElseThrow(Refused::unauthorized);
    }

    private Mono<ServerResponse> respond(ServerRequest request, Dialect dialect, Microversion version, Answer answer) {
        if (HttpMethod.OPTIONS.equals(request.method()) && answer.status() >= FIRST_NO_SUCCESS) {
            return ServerResponse.ok().contentType(MediaType.TEXT_HTML).build(); // Of the CORS middleware, outermost.
        }
        ServerResponse.BodyBuilder response = ServerResponse.status(answer.status());
        if (answer.versioned()) {
            dialect.headers(version).forEach(response::header);
        }
        answer.headers().forEach((name, value) -> response.headers(headers -> headers.set(name, value)));
        String requestId = "req-" + cloud.engine().newId();
        for (String header : dialect.requestIdHeaders()) {
            response.header(header, requestId);
        }
        if (answer.body() == null) {
            return response.build();
        }
        if (HttpMethod.HEAD.equals(request.method())) {
            return response.contentType(MediaType.APPLICATION_JSON).build();
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
}
