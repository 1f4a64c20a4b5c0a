package io.vmrestore.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.vmrestore.simulator.cloud.identity.Token;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.standalone.server.StandaloneServer;
import io.vmrestore.standalone.server.StandaloneSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Nothing secret is readable outside the process that needs it: after restores that succeed, fail and are refused,
 * every topic (the state store's changelog among them), every table, every log line and every HTTP answer is searched.
 */
class SecretsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Tenant TENANT = Tenant.A;
    private static final String USER_DATA_MARKER = "the password is not here";

    @TempDir
    private Path directory;

    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final List<String> leaks = new ArrayList<>();

    @Test
    void noSecretIsReadableAnywhere() throws SQLException {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger ours = (Logger) LoggerFactory.getLogger("io.vmrestore");
        AppenderBase<ILoggingEvent> appender = appender(root);
        ours.setLevel(Level.DEBUG);
        try (StandaloneServer server =
                StandaloneServer.start(StandaloneSettings.fromEnvironment(InstantStandalone.environment(directory)))) {
            RestClient client = new RestClient(server.instance().gateway());
            List<String> answers = restores(server, client);
            collect(server, client);

            answers.forEach(answer -> search("an HTTP answer", answer));
            searchTopics(server.instance().kafka());
            searchTables(server.environment());
            logged.forEach(line -> search("the log", line));
        } finally {
            ours.setLevel(null);
            root.detachAppender(appender);
        }
        assertThat(leaks).isEmpty();
        assertThat(logged).as("there is a log to search").hasSizeGreaterThan(50);
    }

    private List<String> restores(StandaloneServer server, RestClient client) {
        String wrong = client.post(
                        "/auth/login",
                        Map.of("username", SampleCloud.ADMIN, "password", "a wrong password", "project", "service"))
                .body()
                .toString();
        client.signedIn(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "service");
        List<String> answers = new ArrayList<>(List.of(wrong));
        server.simulator()
                .faults()
                .once("^doomed$", new Fault.ServerFails(Fault.Stage.ABORT, "Disk of the hypervisor is full"));
        for (String name : List.of("fine", "doomed")) {
            String jobId = client.plan(
                    TENANT.projectId(),
                    TENANT.webServerId(),
                    TENANT.id("snapshot/web-1-weekly"),
                    Map.of("new_vm_name", name));
            client.execute(jobId);
            JsonNode job = client.awaitEnd(jobId, PATIENCE);
            assertThat(job.path("status").asString()).isEqualTo(name.equals("fine") ? "COMPLETED" : "FAILED");
            assertThat(job.path("plan").path("user_data").path("present").asBoolean())
                    .isTrue();
            answers.add(job.toString());
            answers.add(client.get("/restore/jobs/" + jobId).body().toString());
        }
        answers.add(client.get("/restore/jobs").body().toString());
        answers.add(client.get("/restore/config").body().toString());
        answers.add(client.get("/restore/projects").body().toString());
        answers.add(client.get("/restore/projects/" + TENANT.projectId() + "/vms")
                .body()
                .toString());
        return answers;
    }

    /** Known only afterwards: what was issued, made and generated on the way. */
    private void collect(StandaloneServer server, RestClient client) {
        secrets.put("user_data", USER_DATA_MARKER);
        server.simulator().servers().stream()
                .filter(vm -> vm.id().equals(TENANT.webServerId()))
                .map(vm -> vm.spec().userData())
                .forEach(userData -> {
                    assertThat(new String(Base64.getDecoder().decode(userData), UTF_8))
                            .contains(USER_DATA_MARKER);
                    secrets.put("user_data in base64", userData.substring(0, 40));
                });
        secrets.put("the service user's password", SampleCloud.SERVICE_USER_PASSWORD);
        secrets.put("the administrator's password", SampleCloud.ADMIN_PASSWORD);
        secrets.put("a mistyped password", "a wrong password");
        secrets.put("the caller's token", client.token());
        for (String variable : List.of("RESTORE_JWT_SECRET", "RESTORE_ENCRYPTION_KEY", "RESTORE_DB_PASSWORD")) {
            secrets.put(variable, server.environment().get(variable));
        }
        List<String> tokens = server.simulator()
                .cloud()
                .execute(() -> server.simulator()
                        .cloud()
                        .tokens()
                        .issued()
                        .map(Token::id)
                        .toList());
        assertThat(tokens).isNotEmpty();
        tokens.forEach(token -> secrets.put("Keystone token " + secrets.size(), token));
        assertThat(secrets.values()).allSatisfy(secret -> assertThat(secret).hasSizeGreaterThan(7));
    }

    private void search(String where, String text) {
        secrets.forEach((what, secret) -> {
            if (text.contains(secret)) {
                leaks.add(what + " is in " + where + ": " + text.substring(0, Math.min(300, text.length())));
            }
        });
    }

    private void searchTopics(String bootstrapServers) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().keySet().stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            assertThat(partitions)
                    .extracting(TopicPartition::topic)
                    .anyMatch(topic -> topic.endsWith("-changelog"))
                    .contains("restore.events.v1", "restore.commands.create_server.v1");
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    StringBuilder text = new StringBuilder(text(record.key())).append(text(record.value()));
                    record.headers().forEach(header -> text.append(text(header.value())));
                    search("topic " + record.topic(), text.toString());
                }
            }
        }
    }

    private void searchTables(Map<String, String> environment) throws SQLException {
        String url = "jdbc:postgresql://" + environment.get("RESTORE_DB_HOST") + ":"
                + environment.get("RESTORE_DB_PORT") + "/" + environment.get("RESTORE_DB_NAME");
        try (Connection database = DriverManager.getConnection(
                        url, environment.get("RESTORE_DB_USER"), environment.get("RESTORE_DB_PASSWORD"));
                Statement statement = database.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names =
                    statement.executeQuery("SELECT quote_ident(schemaname) || '.' || quote_ident(tablename)"
                            + " FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            assertThat(tables).anyMatch(table -> table.endsWith(".restore_jobs"));
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT row_to_json(t)::text FROM " + table + " t")) {
                    while (rows.next()) {
                        search("table " + table, rows.getString(1));
                    }
                }
            }
        }
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, UTF_8);
    }

    private AppenderBase<ILoggingEvent> appender(Logger root) {
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                String trace =
                        event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
                logged.add(event.getLoggerName() + " " + event.getFormattedMessage() + trace);
            }
        };
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
        return appender;
    }
}
