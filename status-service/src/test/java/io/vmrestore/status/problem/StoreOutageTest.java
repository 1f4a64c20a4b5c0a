package io.vmrestore.status.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTimeoutException;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.r2dbc.BadSqlGrammarException;

/** Which errors say that the database is away, and which that we are wrong. */
class StoreOutageTest {
    private final StoreOutage outage = new StoreOutage();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "08001", "28P01", "3D000", "40001", "40P01", "53300", "55P03", "57P01", "57014", "58030",
                "25006", "XX000"
            })
    void aDatabaseThatCannotAnswerIsAway(String state) {
        assertThat(outage.says(new R2dbcNonTransientResourceException("refused", state)))
                .isTrue();
        assertThat(outage.says(new IllegalStateException("wrapped", new SQLException("refused", state))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22001", "22003", "22021", "23505", "42601", "42804", "0A000", "25001", "54000"})
    void aStatementThatItRefusesIsNot(String state) {
        outage.migrated();
        assertThat(outage.says(new R2dbcBadGrammarException("refused", state))).isFalse();
        // Whatever the driver or Spring makes of it: the database has answered.
        assertThat(outage.says(new DataAccessResourceFailureException(
                        "wrapped", new R2dbcNonTransientResourceException("refused", state))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"42P01", "42703", "3F000"})
    void tablesThatAreMissingAreAnOutageOnlyUntilTheyWereMade(String state) {
        BadSqlGrammarException missing =
                new BadSqlGrammarException("query", "SELECT", new R2dbcBadGrammarException("missing", state));
        assertThat(outage.says(missing)).isTrue();
        outage.migrated();
        assertThat(outage.says(missing)).isFalse();
    }

    static Stream<Throwable> silence() {
        return Stream.of(
                new TimeoutException(),
                new R2dbcTimeoutException(),
                new QueryTimeoutException("late"),
                new DataAccessResourceFailureException("Failed to obtain R2DBC Connection"));
    }

    @ParameterizedTest
    @MethodSource
    void silence(Throwable error) {
        assertThat(outage.says(error)).isTrue();
    }

    @Test
    void everythingElseIsAFault() {
        assertThat(Stream.of(
                        new NullPointerException(),
                        new IllegalStateException("of ours"),
                        new InvalidDataAccessApiUsageException("of ours"),
                        new DataIntegrityViolationException(
                                "of ours", new R2dbcDataIntegrityViolationException("refused", "23502"))))
                .noneMatch(outage::says);
    }
}
