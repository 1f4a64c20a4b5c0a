package io.vmrestore.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.embedded.testing.TestInfrastructure;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedDatabaseTest {
    @TempDir
    Path temporary;

    @Test
    void keepsItsDataAndPasswordAfterAClose() throws Exception {
        String password;
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings())) {
            password = database.endpoint().password();
            execute(database.endpoint(), "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings())) {
            assertThat(database.isAdopted()).isFalse();
            assertThat(database.endpoint().password()).isEqualTo(password);
            assertThat(query(database.endpoint(), "SELECT answer FROM kept")).isEqualTo("42");
        }
        assertThat(Postmaster.of(settings().directory().resolve("data"))).isEmpty();
    }

    @Test
    void isDurablePrivateAndOnLoopback() throws Exception {
        EmbeddedDatabaseSettings settings = settings();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings)) {
            DatabaseEndpoint endpoint = database.endpoint();
            assertThat(query(endpoint, "SHOW fsync")).isEqualTo("on");
            assertThat(query(endpoint, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(endpoint, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(query(endpoint, "SHOW max_connections")).isEqualTo("60");
            assertThat(query(endpoint, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(endpoint, "SELECT current_database()")).isEqualTo("vm_restore");
            assertThat(query(endpoint, "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"))
                    .isEqualTo("scram-sha-256");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(settings.directory().resolve("password"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(settings.directory())))
                    .isEqualTo("rwx------");
            assertThat(endpoint.toString()).doesNotContain(endpoint.password());
            assertThat(endpoint.r2dbcUrl())
                    .isEqualTo("r2dbc:postgresql://127.0.0.1:%d/vm_restore".formatted(endpoint.port()));
            assertThatThrownBy(() -> DriverManager.getConnection(endpoint.jdbcUrl(), endpoint.user(), "postgres"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void letsOneProcessAtATimeUseADirectory() {
        EmbeddedDatabaseSettings settings = settings();
        try (DatabaseDirectory held = DatabaseDirectory.open(settings.directory())) {
            assertThat(held.data()).doesNotExist();
            assertThatThrownBy(() -> EmbeddedDatabase.start(settings))
                    .isInstanceOf(EmbeddedStartException.class)
                    .hasMessage("PostgreSQL cannot start: another process is using its directory "
                            + settings.directory() + ". End it, or set another directory.");
        }
    }

    @Test
    void namesThePortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            EmbeddedDatabaseSettings settings = settings().withPort(taken.getLocalPort());
            assertThatThrownBy(() -> EmbeddedDatabase.start(settings))
                    .isInstanceOf(EmbeddedStartException.class)
                    .hasMessageStartingWith("PostgreSQL cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings())) {
            assertThat(query(database.endpoint(), "SELECT 1"))
                    .as("a failed start leaves nothing behind")
                    .isEqualTo("1");
        }
    }

    @Test
    void startsOverWhereTheFirstStartWasCutShort() throws Exception {
        EmbeddedDatabaseSettings settings = settings();
        Files.createDirectories(settings.directory().resolve("data"));
        Files.writeString(settings.directory().resolve("data").resolve("postgresql.conf"), "# half of initdb");
        Files.writeString(settings.directory().resolve("password.new"), "of the unfinished start");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings)) {
            assertThat(database.endpoint().password()).isNotEqualTo("of the unfinished start");
            assertThat(query(database.endpoint(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void refusesADatabaseWithoutItsPasswordInsteadOfReplacingIt() throws Exception {
        EmbeddedDatabaseSettings settings = settings();
        Path kept = settings.directory().resolve("data").resolve("PG_VERSION");
        Files.createDirectories(kept.getParent());
        Files.writeString(kept, "18");
        assertThatThrownBy(() -> EmbeddedDatabase.start(settings))
                .isInstanceOf(EmbeddedStartException.class)
                .hasMessage(
                        "The file %s is missing, but %s holds a database. Put the file back, or move the directory away to start with an empty database."
                                .formatted(settings.directory().resolve("password"), kept.getParent()));
        assertThat(kept).exists();
    }

    @Test
    void tellsWhatPostgresSaidWhenItRefusesToStart() throws Exception {
        EmbeddedDatabaseSettings settings = settings();
        EmbeddedDatabase.start(settings).close();
        Files.writeString(settings.directory().resolve("data").resolve("postgresql.conf"), "no_such_setting = 1\n");
        assertThatThrownBy(() -> EmbeddedDatabase.start(settings))
                .isInstanceOf(EmbeddedStartException.class)
                .hasMessageStartingWith("PostgreSQL in " + settings.directory() + " did not start: ")
                .hasMessageContaining("unrecognized configuration parameter \"no_such_setting\"");
    }

    private EmbeddedDatabaseSettings settings() {
        return EmbeddedDatabaseSettings.in(temporary.resolve("database"))
                .withBinaries(TestInfrastructure.postgresPrograms());
    }

    static void execute(DatabaseEndpoint endpoint, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(endpoint.jdbcUrl(), endpoint.user(), endpoint.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String query(DatabaseEndpoint endpoint, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(endpoint.jdbcUrl(), endpoint.user(), endpoint.password());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
