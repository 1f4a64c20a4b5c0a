package io.vmrestore.status.problem;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Tells a database that is away from a statement of ours that it refuses. PostgreSQL's SQLSTATE decides where there is
 * one (its manual, appendix A): a value, a constraint or a grammar that it refuses is a bug, and no outage.
 */
@Component
public final class StoreOutage {
    /**
     * Classes of SQLSTATE: connection (08), authorization (28), no such database (3D), transaction rolled back (40),
     * resources (53), object not free (55), operator's intervention (57), system (58), its own inner error (XX).
     */
    private static final Set<String> AWAY = Set.of("08", "28", "3D", "40", "53", "55", "57", "58", "XX");

    /** A standby that takes no writes, as after a failover. */
    private static final String READ_ONLY = "25006";

    /** Schema, table, column and function that are not there. */
    private static final Set<String> NOT_MIGRATED = Set.of("3F000", "42P01", "42703", "42883");

    private volatile boolean migrated;

    /** From now on the tables are those of this version, so that one that is missing is a bug. */
    public void migrated() {
        migrated = true;
    }

    /** Whether this error says that the database is away, or not ready yet. */
    public boolean says(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            @Nullable String state = state(cause);
            if (state != null && state.length() == 5) {
                return AWAY.contains(state.substring(0, 2))
                        || state.equals(READ_ONLY)
                        || (NOT_MIGRATED.contains(state) && !migrated);
            }
        }
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (away(cause)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String state(Throwable error) {
        return switch (error) {
            case R2dbcException refused -> refused.getSqlState();
            case SQLException refused -> refused.getSQLState();
            default -> null;
        };
    }

    /** Where the database itself said nothing. */
    private static boolean away(Throwable error) {
        return error instanceof TimeoutException
                || error instanceof R2dbcTransientException
                || error instanceof R2dbcNonTransientResourceException
                || error instanceof TransientDataAccessException
                || error instanceof RecoverableDataAccessException
                || error instanceof DataAccessResourceFailureException
                || error instanceof CannotCreateTransactionException;
    }
}
