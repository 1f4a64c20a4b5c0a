package io.vmrestore.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.PlanRejected;
import io.vmrestore.common.contract.RestoreEvent.RestoreCompleted;
import io.vmrestore.embedded.EmbeddedBroker;
import io.vmrestore.embedded.EmbeddedBrokerSettings;
import io.vmrestore.planner.dispatch.PlayedRestore;
import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** A broker of its own: what other tests left unanswered would show here. */
@Timeout(180)
class ProgressTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<RunStep> unanswered = new CopyOnWriteArrayList<>();
    private final AtomicBoolean executing = new AtomicBoolean();
    private EmbeddedBroker broker;
    private Simulator cloud;
    private ConfigurableApplicationContext planner;
    private KafkaProducer<String, byte[]> producer;
    private TopicReader topics;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(EmbeddedBrokerSettings.in(directory));
        cloud = Simulator.start(SimulatorSettings.instant());
        planner = PlannerApplication.builder()
                .run(PlannerArguments.of(
                        broker.bootstrapServers(),
                        cloud,
                        "--RESTORE_PROGRESS_TIMEOUT=3s",
                        "--RESTORE_PLAN_TIMEOUT=1s",
                        "--RESTORE_PLANNING_WINDOW=1"));
        producer = PlayedRestore.producer(broker.bootstrapServers());
        topics = TopicReader.withExecutor(broker.bootstrapServers(), step -> {
            if (executing.get()) {
                PlayedRestore.answer(producer, step);
            } else {
                unanswered.add(step);
            }
        });
        await("ready").atMost(LIMIT).until(() -> get("readiness").statusCode() == 200);
    }

    @AfterEach
    void stop() {
        topics.close();
        producer.close();
        planner.close();
        cloud.close();
        broker.close();
        http.close();
    }

    @Test
    void showsStepsThatNoExecutorAnswersAndStaysReady() {
        PlayedRestore restore = PlayedRestore.of(Tenant.A);
        PlayedRestore.publish(producer, restore.requested());
        topics.awaitEvent(restore.jobId(), PlanCreated.class);
        awaitProgress(200);

        PlayedRestore.publish(producer, restore.executionRequested());
        topics.awaitSteps(restore.jobId(), 2);
        awaitProgress(503);
        JsonNode dispatch = component("dispatchProgress");
        assertThat(dispatch.path("status").asString()).isEqualTo("DOWN");
        assertThat(dispatch.path("details").path("open").asInt()).isEqualTo(2);
        assertThat(dispatch.path("details").path("silent_seconds").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(dispatch.path("details").path("most_silent").asString()).startsWith(restore.jobId() + "/");
        assertThat(component("planningProgress").path("status").asString()).isEqualTo("UP");
        assertThat(get("readiness").statusCode()).isEqualTo(200);
        assertThat(get("liveness").statusCode()).isEqualTo(200);
        assertThat(send("prometheus").body())
                .contains("restore_dispatch_open 2.0")
                .containsPattern("restore_dispatch_silence_seconds [3-9]")
                .containsPattern("restore_dispatch_oldest_unanswered_seconds [3-9]");

        executing.set(true);
        unanswered.forEach(step -> PlayedRestore.answer(producer, step));
        topics.awaitEvent(restore.jobId(), RestoreCompleted.class);
        awaitProgress(200);
        assertThat(component("dispatchProgress").path("details").path("open").asInt())
                .isZero();
    }

    @Test
    void showsPlansThatAreNotMadeAndStaysReady() {
        cloud.faults().always("^GET .*" + Tenant.B.projectId() + "/", new Fault.Slow(Duration.ofMinutes(10)));
        // One after the other, each given up after a second.
        List<PlayedRestore> slow =
                Stream.generate(() -> PlayedRestore.of(Tenant.B)).limit(12).toList();
        slow.forEach(restore -> PlayedRestore.publish(producer, restore.requested()));
        await("planning is down")
                .atMost(LIMIT)
                .until(() ->
                        component("planningProgress").path("status").asString().equals("DOWN"));
        assertThat(component("dispatchProgress").path("status").asString()).isEqualTo("DOWN");
        assertThat(get("readiness").statusCode()).isEqualTo(200);

        slow.forEach(restore -> topics.awaitEvent(restore.jobId(), PlanRejected.class));
        awaitProgress(200);
    }

    private void awaitProgress(int status) {
        await("progress answers " + status)
                .atMost(LIMIT)
                .until(() -> get("progress").statusCode() == status);
    }

    private JsonNode component(String name) {
        return Json.MAPPER.readTree(get("progress").body()).path("components").path(name);
    }

    private HttpResponse<String> get(String group) {
        return send("health/" + group);
    }

    private HttpResponse<String> send(String path) {
        String port = planner.getEnvironment().getRequiredProperty("local.management.port");
        URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/" + path);
        return http.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .join();
    }
}
