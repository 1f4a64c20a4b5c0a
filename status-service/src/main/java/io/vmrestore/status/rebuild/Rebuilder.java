package io.vmrestore.status.rebuild;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.Option;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.status.fold.FreshFold;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Folds all tables anew from the topic while those in use are read and folded into as always, and then swaps them. One
 * instance at a time does so; the others notice by the offsets, which are no longer where they left them.
 */
@Component
class Rebuilder implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Rebuilder.class);

    /** How long those who fold may be kept waiting for the last records to be folded anew. */
    private static final Duration LAST_STEP = Duration.ofSeconds(10);

    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(1);
    private static final int MOST_SWAPS = 30;

    private final Flyway flyway;
    private final R2dbcConnectionDetails connection;
    private final ConsumerFactory<?, ?> consumers;
    private final RebuildStore runs;
    private final TimeSource time;
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    Rebuilder(
            Flyway flyway,
            R2dbcConnectionDetails connection,
            ConsumerFactory<?, ?> consumers,
            RebuildStore runs,
            TimeSource time) {
        this.flyway = flyway;
        this.connection = connection;
        this.consumers = consumers;
        this.runs = runs;
        this.time = time;
    }

    /** Begins, unless a run is at work already; answers the run that is. */
    Mono<Rebuild> begin(String requestedBy) {
        return Mono.fromCallable(() -> {
                    FreshTables tables = FreshTables.claim(flyway);
                    if (tables != null) {
                        begin(tables, requestedBy);
                    }
                    return true;
                })
                .subscribeOn(Schedulers.boundedElastic())
                .then(runs.newest());
    }

    private void begin(FreshTables tables, String requestedBy) throws SQLException {
        UUID id = UUID.randomUUID();
        try {
            runs.begun(id, requestedBy, time.instant()).block();
        } catch (RuntimeException away) {
            tables.close();
            throw away;
        }
        thread = Thread.ofPlatform().name("status-rebuild").start(() -> run(tables, id));
    }

    // Whatever happens, the run must have an end that can be read.
    @SuppressWarnings("CatchingUnchecked")
    private void run(FreshTables tables, UUID id) {
        log.info("The status tables are folded anew from the topic ({})", id);
        try (tables) {
            rebuild(tables, id);
            log.info("The status tables that were folded anew are in use ({})", id);
        } catch (Exception failure) {
            log.error("The status tables could not be folded anew; the old ones stay in use ({})", id, failure);
            // The message of a foreign exception may hold anything.
            String problem = failure instanceof IllegalStateException ours && ours.getMessage() != null
                    ? ours.getMessage()
                    : failure.getClass().getSimpleName() + "; the log of status-service has it under " + id;
            runs.failed(id, time.instant(), problem).onErrorComplete().block();
        }
    }

    private void rebuild(FreshTables tables, UUID id) throws SQLException {
        tables.create();
        ConnectionPool connections = connections();
        try (FreshFold fold = new FreshFold(DatabaseClient.create(connections), consumer())) {
            readAll(fold, id);
            for (int attempt = 1; !tables.swap(() -> completed(fold, id), id); attempt++) {
                if (attempt == MOST_SWAPS) {
                    throw new IllegalStateException("The tables in use were too busy to be swapped " + MOST_SWAPS
                            + " times in a row; ask again when fewer restores run");
                }
                readAll(fold, id);
            }
        } finally {
            connections.dispose();
        }
    }

    private void readAll(FreshFold fold, UUID id) {
        long reported = time.nanoTime();
        do {
            requireRunning();
            fold.step();
            if (time.nanoTime() - reported > BETWEEN_REPORTS.toNanos()) {
                runs.progressed(id, fold.read(), fold.total()).block();
                reported = time.nanoTime();
            }
        } while (!fold.caughtUp());
    }

    /** Nobody folds into the old tables any more, so what is in the topic now is all that they can have. */
    private boolean completed(FreshFold fold, UUID id) {
        long deadline = time.nanoTime() + LAST_STEP.toNanos();
        while (!fold.caughtUp()) {
            requireRunning();
            if (time.nanoTime() - deadline > 0) {
                return false;
            }
            fold.step();
        }
        runs.progressed(id, fold.read(), fold.total()).block();
        return true;
    }

    private void requireRunning() {
        if (!running) {
            throw new IllegalStateException("The status-service that folded them was stopped; ask again");
        }
    }

    private ConnectionPool connections() {
        return new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get(connection
                        .getConnectionFactoryOptions()
                        .mutate()
                        .option(Option.valueOf("schema"), FreshTables.SCHEMA)
                        .build()))
                .initialSize(1)
                .maxSize(1)
                .build());
    }

    private Consumer<String, byte[]> consumer() {
        Map<String, Object> properties = new HashMap<>(consumers.getConfigurationProperties());
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "status-rebuild");
        return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        Thread atWork = thread;
        if (atWork != null) {
            try {
                atWork.join(LAST_STEP);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
