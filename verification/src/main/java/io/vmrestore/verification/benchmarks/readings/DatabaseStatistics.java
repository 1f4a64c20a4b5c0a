package io.vmrestore.verification.benchmarks.readings;

import io.vmrestore.embedded.DatabaseEndpoint;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What PostgreSQL counts for a database. It is asked from another database of the server, so that asking counts for
 * nothing, and on a connection of its own, which sees the newest figures.
 */
public final class DatabaseStatistics implements Source {
    public static final String GROUP = "database";
    public static final String TRANSACTIONS = "transactions";

    /** A session that has become idle reports what it did after 10 s, and every second while it is at work. */
    public static final Duration REPORTED_AFTER = Duration.ofSeconds(11);

    private static final String OTHER_DATABASE = "postgres";
    private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put("xact_commit", TRANSACTIONS);
        COLUMNS.put("xact_rollback", "transactions rolled back");
        COLUMNS.put("tup_inserted", "rows inserted");
        COLUMNS.put("tup_updated", "rows updated");
        COLUMNS.put("tup_deleted", "rows deleted");
        COLUMNS.put("tup_returned", "rows read (catalog included)");
        COLUMNS.put("tup_fetched", "rows fetched by index");
    }

    private final DatabaseEndpoint database;

    public DatabaseStatistics(DatabaseEndpoint database) {
        this.database = database;
    }

    @Override
    public Map<Counter, Double> read() throws SQLException {
        String sql = "SELECT " + String.join(", ", COLUMNS.keySet()) + " FROM pg_stat_database WHERE datname = ?";
        try (Connection connection = DriverManager.getConnection(
                        database.withDatabase(OTHER_DATABASE).jdbcUrl(), database.user(), database.password());
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, database.database());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("There is no database " + database.database());
                }
                Map<Counter, Double> counters = new LinkedHashMap<>();
                for (Map.Entry<String, String> column : COLUMNS.entrySet()) {
                    counters.put(new Counter(GROUP, column.getValue()), row.getDouble(column.getKey()));
                }
                return counters;
            }
        }
    }
}
