package io.vmrestore.verification.chaos.verdict;

import io.vmrestore.embedded.DatabaseEndpoint;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Reads the status tables past the status services. */
public final class TableReader {
    private TableReader() {}

    /** The ids of all jobs that have a row. */
    public static Set<UUID> jobs(DatabaseEndpoint tables) throws SQLException {
        Set<UUID> ids = new HashSet<>();
        try (Connection connection = DriverManager.getConnection(tables.jdbcUrl(), tables.user(), tables.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM restore_jobs")) {
            while (rows.next()) {
                ids.add(rows.getObject("id", UUID.class));
            }
        }
        return ids;
    }
}
