package io.vmrestore.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.cli.ExitCode;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.standalone.cli.RestoreCommand;
import io.vmrestore.standalone.server.StandaloneServer;
import io.vmrestore.standalone.server.StandaloneSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code docs/operations.md} has an operator type, and what she then reads. */
class OperationsCommandsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String UNKNOWN_JOB = "00000000-0000-4000-8000-000000000000";
    private static final String SECRET = "correct horse battery staple";

    @TempDir
    private Path directory;

    private final Map<String, String> operator = new HashMap<>();

    private String type(String... words) {
        Typed typed = execute(words);
        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.err()).isEmpty();
        return typed.out();
    }

    /** What keeps the command from going on; nothing else may be said. */
    private String refused(int exitCode, String... words) {
        Typed typed = execute(words);
        assertThat(typed.exitCode()).isEqualTo(exitCode);
        assertThat(typed.out()).isEmpty();
        return typed.err();
    }

    private Typed execute(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = RestoreCommand.commandLine(
                        operator, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
                .execute(words);
        return new Typed(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }

    private record Typed(int exitCode, String out, String err) {}

    @Test
    void anOperatorGetsARestoreOnOrGivesItUpSendsLettersBackAndRebuildsTheTables() throws Exception {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        try (StandaloneServer server =
                StandaloneServer.start(StandaloneSettings.fromEnvironment(InstantStandalone.environment(directory)))) {
            operator.put("RESTORE_DATA_DIRECTORY", directory.toString());
            operator.put("RESTORE_GATEWAY_URL", server.instance().gateway() + "/");
            signIn(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "service");
            RestClient rest = new RestClient(server.instance().gateway())
                    .signedIn(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "service");
            String job = beginStuckRestore(server, rest);

            assertThat(type("redrive", job))
                    .isEqualToNormalizingNewlines(
                            "Job " + job + " is RUNNING; what it waits for is asked for once more.\n");
            assertThat(type("interrupt", job, "its cloud is gone"))
                    .startsWith("Job " + job + " is INTERRUPTED.")
                    .contains("  left: VOLUME ");
            assertThat(rest.job(job).at("/interruption/reason").asString()).isEqualTo("its cloud is gone");
            sendLettersBack(server);
            assertThat(type("rebuild"))
                    .containsPattern("Folded \\d+ of \\d+ records\\.")
                    .containsPattern("The status tables are rebuilt: 1 jobs from \\d+ records\\.");
            assertThat(rest.job(job).path("status").asString()).isEqualTo("INTERRUPTED");

            assertThat(refused(ExitCode.USAGE, "redrive", "web-1"))
                    .isEqualToIgnoringNewLines("'web-1' is no job id; GET /restore/jobs lists the jobs.");
            assertThat(refused(ExitCode.NOT_FOUND, "redrive", UNKNOWN_JOB)).contains("answered 404");
            signIn("reader@company.com", SampleCloud.ROLE_USER_PASSWORD, "tenant-a");
            assertThat(refused(ExitCode.REFUSED, "rebuild"))
                    .contains("answered 403")
                    .contains("restore:operate");
        }
    }

    private void signIn(String user, String password, String project) {
        operator.put("OS_USERNAME", user);
        operator.put("OS_PASSWORD", password);
        operator.put("OS_PROJECT_NAME", project);
    }

    private static String beginStuckRestore(StandaloneServer server, RestClient rest) {
        Tenant tenant = Tenant.A;
        String job = rest.plan(tenant.projectId(), tenant.webServerId(), tenant.id("snapshot/web-1-weekly"), Map.of());
        server.simulator().faults().once("restored-", new Fault.VolumeStuck());
        rest.execute(job);
        rest.awaitJob(
                job,
                PATIENCE,
                shown -> shown.path("steps")
                        .valueStream()
                        .anyMatch(step -> step.path("resources")
                                .valueStream()
                                .anyMatch(made -> made.path("type").asString().equals("VOLUME"))));
        return job;
    }

    private void sendLettersBack(StandaloneServer server) throws Exception {
        assertThat(type("dead-letters")).isEqualToIgnoringNewLines("There are no dead letters.");
        assertThat(type("dead-letters", "redrive", "--all")).isEqualToIgnoringNewLines("There are no dead letters.");
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", server.instance().kafka()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.EVENTS, "some-vm", SECRET.getBytes(UTF_8)))
                    .get();
        }
        String listed = await().atMost(PATIENCE).until(() -> type("dead-letters"), said -> said.contains("some-vm"));
        String id = listed.substring(0, listed.indexOf(' '));
        assertThat(id).startsWith(Topics.deadLetter(Topics.EVENTS) + "/");
        assertThat(listed).contains("of no known type").contains("key some-vm").doesNotContain(SECRET);

        assertThat(type("dead-letters", "redrive", id)).isEqualToIgnoringNewLines(id + "  REDRIVEN");
        assertThat(type("dead-letters", "redrive", id)).isEqualToIgnoringNewLines(id + "  ALREADY_REDRIVEN");
        String again = await().atMost(PATIENCE).until(() -> type("dead-letters"), said -> said.contains("some-vm"));
        assertThat(again).as("its cause is not gone").doesNotStartWith(id + " ");
        assertThat(type("dead-letters", "redrive", "--all")).contains("  REDRIVEN");
    }

    @Test
    void saysWhatToDoWhenNothingIsRunning() {
        operator.put("RESTORE_DATA_DIRECTORY", directory.toString());
        assertThat(refused(ExitCode.NOT_FOUND, "rebuild"))
                .isEqualToIgnoringNewLines(
                        "Nothing is running here. Start it with ./restore up, or set RESTORE_GATEWAY_URL to the"
                                + " gateway of a running system, such as https://restore.example.com");
    }

    @Test
    void asksWhoItIsThatSpeaksToAGatewayElsewhere() {
        operator.put("RESTORE_DATA_DIRECTORY", directory.toString());
        operator.put("RESTORE_GATEWAY_URL", "https://restore.example.com");
        assertThat(refused(ExitCode.REFUSED, "dead-letters"))
                .isEqualToIgnoringNewLines(
                        "Who are you? Source an openrc file (OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME) or set"
                                + " RESTORE_ACCESS_TOKEN; the permission restore:operate is needed.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        redrive              | Missing required parameter: 'JOB'               | Usage: ./restore redrive
        interrupt JOB        | Missing required parameter: 'REASON'            | Usage: ./restore interrupt
        dead-letters redrive | Give the ids of dead letters, or --all          | Usage: ./restore dead-letters redrive
        dead-letters burn    | Unmatched argument at index 1: 'burn'           | Usage: ./restore dead-letters
        rebuild now          | Unmatched argument at index 1: 'now'            | Usage: ./restore rebuild
        burn                 | Unmatched argument at index 0: 'burn'           | Did you mean: ./restore
        ''                   | Missing required subcommand                     | Usage: ./restore
        """)
    void tellsTheUsageToWhoTypesSomethingElse(String line, String problem, String usage) {
        Typed typed = execute(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(typed.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).startsWith(problem).contains(usage);
        assertThat(typed.err().lines()).as("not the whole help").hasSizeLessThan(6);
    }

    @Test
    void helpNamesEveryCommandAndWhatTheExitCodesMean() {
        assertThat(type("--help"))
                .startsWith("Usage: ./restore")
                .containsSubsequence("demo", "down", "status", "up", "redrive", "interrupt", "dead-letters", "rebuild")
                .contains("chaos  ", "bench  ")
                .containsSubsequence(
                        "Exit codes:",
                        "0     done",
                        "1     something broke",
                        "2     no such command",
                        "3     not found",
                        "4     refused");
        assertThat(type("interrupt", "--help")).contains("./restore interrupt [-h] JOB REASON", "Exit codes:");
    }
}
