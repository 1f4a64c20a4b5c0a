package io.vmrestore.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.embedded.testing.ChildJvm;
import io.vmrestore.embedded.testing.TestInfrastructure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedDatabaseKillTest {
    /** One directory for all tests: each begins by opening what the last one left, and kills that again. */
    @TempDir
    static Path temporary;

    private EmbeddedDatabaseSettings settings;
    private Postmaster orphan;

    /** Leaves a server running whose JVM was killed, with one committed row. */
    @BeforeEach
    void killTheJvmThatStartedTheServer() throws Exception {
        settings = EmbeddedDatabaseSettings.in(temporary.resolve("database"))
                .withBinaries(TestInfrastructure.postgresPrograms());
        try (ChildJvm child = ChildJvm.start(
                DatabaseProcess.class,
                settings.directory().toString(),
                settings.binaries().toString())) {
            int port = Integer.parseInt(child.awaitLine(DatabaseProcess.READY, Duration.ofSeconds(60)));
            String password = Files.readString(settings.directory().resolve("password"));
            EmbeddedDatabaseTest.execute(
                    new DatabaseEndpoint("127.0.0.1", port, "vm_restore", "postgres", password),
                    "DROP TABLE IF EXISTS committed; CREATE TABLE committed AS SELECT 42 AS answer");
            child.kill();
        }
        orphan = Postmaster.of(settings.directory().resolve("data")).orElseThrow();
    }

    @AfterEach
    void endTheServer() {
        orphan.process().destroyForcibly();
    }

    @Test
    void takesOverTheRunningServerAndStopsItAtClose() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings)) {
            assertThat(database.isAdopted()).isTrue();
            assertThat(database.endpoint().port()).isEqualTo(orphan.port());
            assertThat(Postmaster.of(settings.directory().resolve("data"))).contains(orphan);
            assertThat(EmbeddedDatabaseTest.query(database.endpoint(), "SELECT answer FROM committed"))
                    .isEqualTo("42");
        }
        assertThat(orphan.process().isAlive()).isFalse();
        assertThat(settings.directory().resolve("data").resolve("postmaster.pid"))
                .as("a proper shutdown removes it")
                .doesNotExist();
    }

    @Test
    void replacesTheRunningServerWhenAnotherPortIsAsked() throws Exception {
        int port = LoopbackPorts.free();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings.withPort(port))) {
            assertThat(database.isAdopted()).isFalse();
            assertThat(database.endpoint().port()).isEqualTo(port);
            assertThat(orphan.process().isAlive()).isFalse();
            assertThat(EmbeddedDatabaseTest.query(database.endpoint(), "SELECT answer FROM committed"))
                    .isEqualTo("42");
        }
    }

    @Test
    void recoversWhenTheServerWasKilledAsWell() throws Exception {
        orphan.process().destroyForcibly();
        orphan.process().onExit().join();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings)) {
            assertThat(database.isAdopted()).isFalse();
            assertThat(EmbeddedDatabaseTest.query(database.endpoint(), "SELECT answer FROM committed"))
                    .isEqualTo("42");
        }
    }

    @Test
    void startsWhenTheProcessIdNowBelongsToAnotherProgram() throws Exception {
        orphan.process().destroyForcibly();
        orphan.process().onExit().join();
        Path pidFile = settings.directory().resolve("data").resolve("postmaster.pid");
        String own = Long.toString(ProcessHandle.current().pid());
        Files.writeString(pidFile, Files.readString(pidFile).replaceFirst("^\\d+", own));
        try (EmbeddedDatabase database = EmbeddedDatabase.start(settings)) {
            assertThat(EmbeddedDatabaseTest.query(database.endpoint(), "SELECT answer FROM committed"))
                    .isEqualTo("42");
        }
    }

    @Test
    void stopsALeftoverServerOnRequest() {
        EmbeddedDatabase.stopLeftover(settings.directory());
        assertThat(orphan.process().isAlive()).isFalse();
    }
}
