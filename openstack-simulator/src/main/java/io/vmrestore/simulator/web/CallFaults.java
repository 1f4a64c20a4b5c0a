package io.vmrestore.simulator.web;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.faults.Faults;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What goes wrong with one call, as the rules in force tell. */
final class CallFaults {
    private final Faults faults;
    private final ServerRequest request;
    private final String call;

    CallFaults(Cloud cloud, ServerRequest request) {
        this.faults = cloud.faults();
        this.request = request;
        this.call = request.method() + " " + target();
    }

    Optional<Duration> delay() {
        return faults.take(Fault.Slow.class, call).map(Fault.Slow::delay);
    }

    /** What answers, or does not, in the place of the service. */
    Optional<Mono<ServerResponse>> inFront() {
        if (faults.take(Fault.DropRequest.class, call).isPresent()) {
            return Optional.of(Connections.close(request));
        }
        return faults.take(Fault.ServiceAway.class, call)
                .map(away -> Foreign.away(request, away))
                .or(() -> faults.take(Fault.StrayNotFound.class, call).map(stray -> Foreign.notFound(stray.by())))
                .or(() -> faults.take(Fault.Redirected.class, call).map(moved -> Foreign.redirect(moved, target())));
    }

    /** What the service itself answers instead of doing anything. */
    Optional<Supplier<Answer>> wrongAnswer(Dialect dialect, String base) {
        Optional<Supplier<Answer>> wrong =
                faults.take(Fault.Answer.class, call).map(fault -> () -> injected(dialect, fault, base));
        return wrong.or(() -> faults.take(Fault.FalseNotFound.class, call)
                .map(fault -> () -> dialect.refusal(NotFoundWords.of(dialect, request.path()), base)));
    }

    boolean losesAnswer() {
        return faults.take(Fault.LoseAnswer.class, call).isPresent();
    }

    boolean revokesToken() {
        return faults.take(Fault.RevokeToken.class, call).isPresent();
    }

    boolean leavesTokenUnchecked() {
        return faults.take(Fault.TokensNotChecked.class, call).isPresent();
    }

    Duration lateness() {
        return faults.take(Fault.LateAnswer.class, call)
                .map(Fault.LateAnswer::delay)
                .orElse(Duration.ZERO);
    }

    /** The versions that are left of a service's own. */
    VersionRange versions(VersionRange own) {
        return faults.lasting(Fault.HighestMicroversion.class, call)
                .map(fault -> own.upTo(fault.version()))
                .orElse(own);
    }

    private static Answer injected(Dialect dialect, Fault.Answer fault, String base) {
        if (fault.status() == HttpStatus.UNAUTHORIZED.value()) {
            return dialect.refusal(Refused.unauthorized(), base);
        }
        String message = fault.message() == null ? "The simulator was told to answer this." : fault.message();
        Answer answer = dialect.error(fault.status(), message);
        return fault.retryAfter() == null ? answer : answer.with("Retry-After", String.valueOf(fault.retryAfter()));
    }

    /** Path and query as they were sent. */
    String target() {
        String query = request.uri().getRawQuery();
        return request.uri().getRawPath() + (query == null ? "" : "?" + query);
    }
}
