package io.vmrestore.status.query;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.metrics.Metric;
import io.vmrestore.support.metrics.Meters;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/** Wakes whoever waits for a restore to change. Nobody holds a thread while waiting. */
@Component
class JobChanges implements SmartLifecycle {
    private final Map<UUID, Set<FluxSink<UUID>>> waiting = new ConcurrentHashMap<>();
    private volatile boolean running;

    JobChanges(MeterRegistry registry) {
        new Meters(registry).gauge(Metric.WAITING_READERS, this, JobChanges::count);
    }

    /**
     * One signal at once, when changes from now on are noticed, and one after each change. Changes that come faster
     * than they are looked at are one signal.
     */
    Flux<UUID> of(UUID jobId) {
        return Flux.create(
                sink -> {
                    waiting.compute(jobId, (_, known) -> {
                        Set<FluxSink<UUID>> sinks = known == null ? ConcurrentHashMap.newKeySet() : known;
                        sinks.add(sink);
                        return sinks;
                    });
                    // Only now: whoever has gone away already is removed at once.
                    sink.onDispose(() -> remove(jobId, sink));
                    sink.next(jobId);
                },
                FluxSink.OverflowStrategy.LATEST);
    }

    void changed(Collection<UUID> jobIds) {
        jobIds.forEach(jobId -> waiting.getOrDefault(jobId, Set.of()).forEach(sink -> sink.next(jobId)));
    }

    /** Any restore may have changed. */
    void anyChanged() {
        changed(waiting.keySet());
    }

    private void remove(UUID jobId, FluxSink<UUID> sink) {
        waiting.computeIfPresent(jobId, (_, sinks) -> {
            sinks.remove(sink);
            return sinks.isEmpty() ? null : sinks;
        });
    }

    @Override
    public void start() {
        running = true;
    }

    /** Stops before the web server, which would wait for those who wait. */
    @Override
    public void stop() {
        running = false;
        waiting.values().forEach(sinks -> sinks.forEach(FluxSink::complete));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private int count() {
        return waiting.values().stream().mapToInt(Set::size).sum();
    }
}
