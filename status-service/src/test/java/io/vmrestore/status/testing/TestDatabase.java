package io.vmrestore.status.testing;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.vmrestore.embedded.DatabaseEndpoint;
import io.vmrestore.embedded.testing.TestInfrastructure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.springframework.r2dbc.core.DatabaseClient;

/** A database with the tables of this service, without the service. */
public final class TestDatabase {
    private final DatabaseEndpoint endpoint;
    private final DatabaseClient client;

    private TestDatabase(DatabaseEndpoint endpoint) {
        this.endpoint = endpoint;
        ConnectionFactory server = ConnectionFactories.get(ConnectionFactoryOptions.parse(endpoint.r2dbcUrl())
                .mutate()
                .option(ConnectionFactoryOptions.USER, endpoint.user())
                .option(ConnectionFactoryOptions.PASSWORD, endpoint.password())
                .build());
        ConnectionFactory connections = new ConnectionPool(ConnectionPoolConfiguration.builder(server)
                .initialSize(1)
                .maxSize(2)
                .build());
        client = DatabaseClient.create(connections);
    }

    /** A new database with empty tables. */
    public static TestDatabase create() {
        DatabaseEndpoint endpoint = TestInfrastructure.newDatabase();
        Flyway.configure()
                .dataSource(endpoint.jdbcUrl(), endpoint.user(), endpoint.password())
                .locations("classpath:db/status/migration")
                .load()
                .migrate();
        return new TestDatabase(endpoint);
    }

    /** A view of a database that a service has made. */
    public static TestDatabase of(DatabaseEndpoint endpoint) {
        return new TestDatabase(endpoint);
    }

    public DatabaseEndpoint endpoint() {
        return endpoint;
    }

    public DatabaseClient client() {
        return client;
    }

    public void execute(String sql) {
        client.sql(sql).then().block();
    }

    public String text(String sql) {
        return texts(sql).getFirst();
    }

    public long number(String sql) {
        return Objects.requireNonNull(
                client.sql(sql).map(row -> row.get(0, Long.class)).one().block());
    }

    /** All rows of the tables as text, apart from serial numbers, which depend on who inserted first. */
    public List<String> rows() {
        List<String> rows = new ArrayList<>(texts("SELECT to_jsonb(j)::text FROM restore_jobs j ORDER BY id"));
        rows.addAll(texts("SELECT (to_jsonb(s) - 'id')::text FROM restore_job_steps s ORDER BY job_id, step_order"));
        rows.addAll(events());
        return rows;
    }

    /** The events that were applied, as text, by restore and version. */
    public List<String> events() {
        return texts("SELECT row_to_json(e)::text FROM restore_job_events e ORDER BY job_id, version");
    }

    private List<String> texts(String sql) {
        return Objects.requireNonNull(client.sql(sql)
                .map(row -> Objects.requireNonNull(row.get(0, String.class)))
                .all()
                .collectList()
                .block());
    }
}
