package io.vmrestore.status.query;

import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Wrapped;
import io.vmrestore.status.store.BatchWriter;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Listens on a database connection of its own for the changes that any instance commits. After the connection was lost
 * everybody who waits is woken once, because notices may have been missed.
 */
@Component
class ChangeListener implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ChangeListener.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** A peer that vanished without closing the connection is noticed after this time and the limit below. */
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(5);

    private static final Duration PROBE_LIMIT = Duration.ofSeconds(3);

    private final ConnectionFactory connections;
    private final JobChanges changes;
    private @Nullable Disposable listening;

    ChangeListener(ConnectionFactory connections, JobChanges changes) {
        this.connections = unpooled(connections);
        this.changes = changes;
    }

    @Override
    public void start() {
        listening = Flux.usingWhen(
                        Mono.from(connections.create()).cast(PostgresqlConnection.class),
                        this::listen,
                        PostgresqlConnection::close)
                .concatWith(Mono.error(() -> new IllegalStateException("the database closed the connection")))
                .doOnError(lost -> log.debug("Listening for changes ended", lost))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .transientErrors(true))
                .subscribe();
    }

    @Override
    public void stop() {
        if (listening != null) {
            listening.dispose();
            listening = null;
        }
    }

    @Override
    public boolean isRunning() {
        return listening != null;
    }

    private Flux<Object> listen(PostgresqlConnection connection) {
        Flux<Object> notices =
                connection.getNotifications().doOnNext(this::notice).cast(Object.class);
        Mono<Object> alive = Flux.interval(PROBE_INTERVAL)
                .onBackpressureDrop()
                .concatMap(_ -> execute(connection, "SELECT 1").timeout(PROBE_LIMIT))
                .then(Mono.empty());
        return execute(connection, "LISTEN " + BatchWriter.CHANNEL)
                .doOnSuccess(_ -> changes.anyChanged())
                .thenMany(Flux.merge(notices, alive));
    }

    private static Mono<Void> execute(PostgresqlConnection connection, String sql) {
        return connection
                .createStatement(sql)
                .execute()
                .flatMap(result -> result.getRowsUpdated())
                .then();
    }

    /** A notice names the restores that changed; one that names none means that any may have changed. */
    private void notice(Notification notification) {
        String jobIds = notification.getParameter();
        if (jobIds == null || jobIds.isEmpty()) {
            changes.anyChanged();
        } else {
            changes.changed(Stream.of(jobIds.split(",")).map(UUID::fromString).toList());
        }
    }

    /** A pool takes an idle connection back; this one is kept. */
    private static ConnectionFactory unpooled(ConnectionFactory connections) {
        return connections instanceof Wrapped<?> pool && pool.unwrap() instanceof ConnectionFactory inner
                ? unpooled(inner)
                : connections;
    }
}
