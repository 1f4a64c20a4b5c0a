package io.vmrestore.status.query;

import io.vmrestore.status.store.EventPage;
import io.vmrestore.status.store.EventReader;
import io.vmrestore.status.store.JobEvent;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The events of a restore for one reader: first those there are, then each as it comes, up to the last one. */
final class EventStream {
    private final EventReader events;
    private final UUID jobId;
    private final AtomicLong sent;

    /** @param sent the version that the reader knows already; 0 if none */
    EventStream(EventReader events, UUID jobId, long sent) {
        this.events = events;
        this.jobId = jobId;
        this.sent = new AtomicLong(sent);
    }

    /**
     * Reads on after each signal, and no faster than the reader takes the events. To be subscribed to once.
     *
     * @param changes a signal at once and after each change of the restore
     */
    Flux<JobEvent> read(Flux<UUID> changes) {
        return changes.concatMap(_ -> news(), 1).takeUntil(EventPage::last).concatMapIterable(EventPage::events, 1);
    }

    private Flux<EventPage> news() {
        return next().expand(page -> page.more() ? next() : Mono.empty());
    }

    private Mono<EventPage> next() {
        return Mono.defer(() -> events.after(jobId, sent.get())).doOnNext(page -> {
            if (!page.events().isEmpty()) {
                sent.set(page.events().getLast().version());
            }
        });
    }
}
