package io.vmrestore.status.rebuild;

import io.vmrestore.status.store.BatchWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * The tables that are being folded anew, in a schema of their own, on the one connection that holds the right to make
 * them. The database lets the right go with the connection, so whoever dies keeps nobody else from it.
 */
final class FreshTables implements AutoCloseable {
    static final String SCHEMA = "status_rebuild";

    /** Where the old tables are for a moment. */
    private static final String REPLACED = "status_replaced";

    /** Those that follow from the topic; what else there is stays as it is. */
    private static final List<String> FOLDED =
            List.of("fold_offsets", "restore_jobs", "restore_job_steps", "restore_job_events", "unreadable_events");

    /** The key of the advisory lock; any number that nobody else takes. */
    static final long LOCK = 7_215_001;

    /** SQLSTATE: a lock was not to be had in time, or two waited for each other. */
    private static final List<String> IN_USE = List.of("55P03", "40P01");

    private final Flyway flyway;
    private final Connection connection;
    private final String schema;

    private FreshTables(Flyway flyway, Connection connection, String schema) {
        this.flyway = flyway;
        this.connection = connection;
        this.schema = schema;
    }

    /** What is done between the moment from which nobody folds into the old tables and the swap. */
    interface LastStep {
        /** @return whether the new tables are complete */
        boolean completed();
    }

    /** The right to make them; null if somebody has it. */
    static @Nullable FreshTables claim(Flyway flyway) throws SQLException {
        DataSource source = flyway.getConfiguration().getDataSource();
        Connection connection = source.getConnection();
        boolean ours = false;
        try (Statement statement = connection.createStatement()) {
            ours = text(statement, "SELECT pg_try_advisory_lock(" + LOCK + ")::text")
                    .equals("true");
            return ours ? new FreshTables(flyway, connection, text(statement, "SELECT current_schema()")) : null;
        } finally {
            if (!ours) {
                connection.close();
            }
        }
    }

    /**
     * Makes them, empty, by the same migrations that made those in use. What a run that died has left is removed.
     *
     * @throws IllegalStateException if those in use are of another version than this program's
     */
    void create() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
            statement.execute("DROP SCHEMA IF EXISTS " + REPLACED + " CASCADE");
            Flyway.configure()
                    .configuration(flyway.getConfiguration())
                    .schemas(SCHEMA)
                    .defaultSchema(SCHEMA)
                    .createSchemas(true)
                    .load()
                    .migrate();
            String ours = version(statement, SCHEMA);
            String used = version(statement, schema);
            if (!ours.equals(used)) {
                throw new IllegalStateException("The tables in use are of version " + used + ", and this program makes "
                        + ours + ": ask again when every status-service runs the same version");
            }
        }
    }

    private String version(Statement statement, String in) throws SQLException {
        return text(
                statement,
                "SELECT version FROM " + in + "." + flyway.getConfiguration().getTable()
                        + " WHERE success ORDER BY installed_rank DESC LIMIT 1");
    }

    /**
     * Puts them in the place of those in use, all at once. Who folds into the old ones waits meanwhile; who reads waits
     * for the moment of the swap only. The run is noted as completed by the same commit, so that its end is never told
     * otherwise than it was.
     *
     * @param run whose end it is
     * @return false if the old ones were too busy or the last step was not completed; then nothing has changed
     */
    boolean swap(LastStep last, UUID run) throws SQLException {
        connection.setAutoCommit(false);
        boolean swapped = false;
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '2s'");
            statement.execute("LOCK TABLE fold_offsets IN ACCESS EXCLUSIVE MODE");
            if (last.completed()) {
                statement.execute("LOCK TABLE " + String.join(", ", FOLDED) + " IN ACCESS EXCLUSIVE MODE");
                exchange(statement);
                statement.execute("UPDATE " + schema
                        + ".rebuilds SET state = 'COMPLETED', ended_at = clock_timestamp(),"
                        + " jobs = (SELECT count(*) FROM " + schema + ".restore_jobs) WHERE id = '" + run + "'");
                connection.commit();
                swapped = true;
            }
        } catch (SQLException failure) {
            if (!IN_USE.contains(failure.getSQLState())) {
                throw failure;
            }
        } finally {
            if (!swapped) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
        return swapped;
    }

    private void exchange(Statement statement) throws SQLException {
        // Whoever folded before must read its states anew from the new tables, so no partition may stand where it
        // stood. The last event is offered once more, which the rows know to be a repeat.
        statement.execute("UPDATE " + SCHEMA + ".fold_offsets fresh SET next_offset = fresh.next_offset - 1 FROM "
                + "fold_offsets used WHERE used.topic = fresh.topic AND used.partition = fresh.partition"
                + " AND fresh.next_offset > 0 AND used.next_offset <> fresh.next_offset - 1");
        statement.execute("CREATE SCHEMA " + REPLACED);
        for (String table : FOLDED) {
            statement.execute("ALTER TABLE " + schema + "." + table + " SET SCHEMA " + REPLACED);
            statement.execute("ALTER TABLE " + SCHEMA + "." + table + " SET SCHEMA " + schema);
        }
        statement.execute("DROP SCHEMA " + REPLACED + " CASCADE");
        statement.execute("DROP SCHEMA " + SCHEMA + " CASCADE");
        statement.execute("SELECT pg_notify('" + BatchWriter.CHANNEL + "', '')");
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            if (!result.next()) {
                throw new IllegalStateException("No answer to: " + sql);
            }
            return result.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
