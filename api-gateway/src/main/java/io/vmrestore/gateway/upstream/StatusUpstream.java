package io.vmrestore.gateway.upstream;

import io.vmrestore.gateway.GatewaySettings;
import io.vmrestore.support.access.Audience;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import reactor.core.publisher.Mono;

/**
 * The status service. What keeps it from answering is told to the client as 503 with Retry-After, and a fault of its
 * own as 500.
 */
@Component
public final class StatusUpstream {
    /** A list of 200 summaries or a job with a big plan stays well below. */
    private static final int LARGEST_ANSWER_BYTES = 8 * 1024 * 1024;
    /** Answered in milliseconds. */
    private static final int MOST_QUESTIONS = 200;
    /** Every client that waits for a plan, a decision or a change holds one; they delay no question. */
    private static final int MOST_WAITS = 1000;

    private final HttpServiceProxyFactory questions;
    private final HttpServiceProxyFactory waits;
    private final Duration timeout;

    StatusUpstream(GatewaySettings settings, InternalApis apis) {
        GatewaySettings.Status status = settings.status();
        this.timeout = status.timeout();
        this.questions =
                apis.of(Audience.STATUS, "status-service", status.url(), timeout, MOST_QUESTIONS, LARGEST_ANSWER_BYTES);
        this.waits = apis.of(Audience.STATUS, "status-waits", status.url(), timeout, MOST_WAITS, LARGEST_ANSWER_BYTES);
    }

    /** An interface whose questions are answered at once. */
    public <A> A questions(Class<A> api) {
        return questions.createClient(api);
    }

    /** The same on connections for questions that wait. */
    public <A> A waits(Class<A> api) {
        return waits.createClient(api);
    }

    /** {@link #told(Mono, Duration, ProblemKind)} for a question that does not wait. */
    public <T> Mono<T> told(Mono<T> answer) {
        return told(answer, Duration.ZERO, ProblemKind.JOB_NOT_FOUND);
    }

    /**
     * An answer, or the problem that there is none.
     *
     * @param wait how long the question itself asks to wait
     * @param absent what the service says where there is nothing to tell
     * @return empty if the service itself says so; fails with a {@link ProblemException}
     */
    public <T> Mono<T> told(Mono<T> answer, Duration wait, ProblemKind absent) {
        return answer.timeout(timeout.plus(wait))
                .switchIfEmpty(Mono.error(EmptyAnswerException::new))
                .onErrorMap(Backends::away, StatusProblems::unreachable)
                .onErrorMap(Backends::garbled, StatusProblems::notUnderstood)
                .onErrorResume(
                        WebClientResponseException.class,
                        refusal -> StatusProblems.says(absent, refusal)
                                ? Mono.empty()
                                : Mono.error(StatusProblems.of(refusal)));
    }
}
