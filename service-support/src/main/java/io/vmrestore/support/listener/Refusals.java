package io.vmrestore.support.listener;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.metrics.Metric;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.support.metrics.Meters;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what a listener refuses or ends, and tells the log: one line for a request that cannot be read, one a minute
 * for what comes in floods. None of it is a fault of ours.
 */
final class Refusals {
    private static final Logger log = LoggerFactory.getLogger(Refusals.class);
    private static final Duration SUMMARY = Duration.ofMinutes(1);

    private final String listener;
    private final Meters meters;
    private final TimeSource time;
    private final AtomicLong unsaid = new AtomicLong();
    private final AtomicLong saidAt;

    /** @param listener which one of the service, such as {@code management} */
    Refusals(String listener, MeterRegistry registry, TimeSource time) {
        this.listener = listener;
        this.meters = new Meters(registry);
        this.time = time;
        this.saidAt = new AtomicLong(time.nanoTime() - SUMMARY.toNanos());
    }

    /** @param reason the kind of the problem, or a few words with hyphens */
    void count(String reason) {
        meters.counter(Metric.HTTP_REFUSALS, listener, reason).increment();
    }

    /** A connection or request beyond a limit: counted, and told together with others. */
    void overLimit(String limit) {
        count(limit);
        unsaid.incrementAndGet();
        long now = time.nanoTime();
        long before = saidAt.get();
        if (now - before >= SUMMARY.toNanos() && saidAt.compareAndSet(before, now)) {
            log.warn(
                    "Listener {} refuses what is beyond its limit ({}), {} times since it last said so; see"
                            + " restore_http_refusals_total",
                    listener,
                    limit,
                    unsaid.getAndSet(0));
        }
    }

    /** A request that no application has seen. */
    void tell(InetAddress address, Asked asked, Problem problem) {
        if (problem.kind() == ProblemKind.TOO_MANY_REQUESTS) {
            overLimit(problem.kind().wireName());
            return;
        }
        count(problem.kind().wireName());
        log.info(
                "{} {} from {}: {} {}, request id {}",
                asked.method(),
                asked.path(),
                address.getHostAddress(),
                problem.kind().status().value(),
                problem.kind().wireName(),
                asked.requestId());
    }

    /** A token that was not accepted; never which. */
    void tellOfToken(InetAddress address, Asked asked, @Nullable String requestId) {
        log.info(
                "{} {} from {}: 401, its token is not valid, request id {}",
                asked.method(),
                asked.path(),
                address.getHostAddress(),
                requestId == null ? asked.requestId() : requestId);
    }

    /** A client that did not take its answer. */
    void stalled() {
        count("write-timeout");
        log.info("Listener {} ends a connection whose client does not take its answer", listener);
    }
}
