package io.vmrestore.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepFailed;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.embedded.testing.RestartableBroker;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.simulator.faults.Fault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the service tells over HTTP of commands that do not get on. */
@Timeout(120)
class ProgressTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int TIMEOUT_SECONDS = 2;

    private final HttpClient http = HttpClient.newHttpClient();

    /** Of this test alone: a new group on the broker of all tests would get their commands too. */
    private final RestartableBroker broker;

    private final RunningExecutor executor;
    private final RestoreFixture restore;

    ProgressTest(@TempDir Path kafka) {
        broker = RestartableBroker.start(kafka);
        executor = new RunningExecutor(
                broker.bootstrapServers(),
                Action.CREATE_VOLUME,
                "--RESTORE_PROGRESS_TIMEOUT=" + TIMEOUT_SECONDS + "s",
                "--restore.executor.close-timeout=0s");
        restore = executor.restore;
    }

    @AfterEach
    void stop() {
        executor.close();
        broker.close();
        http.close();
    }

    @Test
    void a_step_that_hangs_behind_its_deadline_shows_and_the_service_stays_ready() throws InterruptedException {
        awaitProgress(200);
        StepTask task = volumeTask();
        // Cinder answers long after the step's deadline, and the timer goes on giving signs of life.
        String slow = restore.simulator
                .faults()
                .always("^GET .*/volumes", new Fault.Slow(Duration.ofSeconds(10)))
                .id();
        AtomicReference<StepAddress> hanging = new AtomicReference<>(send(task, Duration.ofSeconds(3)));
        await("progress is down").atMost(LIMIT).until(() -> {
            if (ended(hanging.get())) {
                // On a busy machine it was taken up only behind its deadline, and failed at once.
                hanging.set(send(task, Duration.ofSeconds(3)));
            }
            return get("health/progress").statusCode() == 503;
        });
        restore.simulator.faults().remove(slow);
        StepAddress step = hanging.get();
        JsonNode steps = progress().path("components").path("stepProgress");
        assertThat(steps.path("status").asString()).isEqualTo("DOWN");
        assertThat(steps.path("details").path("most_silent").asString()).isEqualTo(step.id());
        assertThat(steps.path("details").path("silent_seconds").asInt()).isGreaterThanOrEqualTo(TIMEOUT_SECONDS);
        assertThat(steps.path("details").path("oldest_unanswered_seconds").asInt())
                .isGreaterThanOrEqualTo(TIMEOUT_SECONDS);
        assertThat(get("health/readiness").statusCode()).isEqualTo(200);
        assertThat(get("health/liveness").statusCode()).isEqualTo(200);
        assertThat(get("prometheus").body()).containsPattern("restore_steps_silence_seconds [2-9]");

        executor.events.outcome(step);
        awaitProgress(200);
    }

    @Test
    void a_step_that_takes_long_and_gives_signs_of_life_does_not_show() throws InterruptedException {
        restore.simulator.faults().once("restored-", new Fault.VolumeStuck());
        StepAddress step = send(volumeTask(), Duration.ofMinutes(10));
        await("the step is older than the limit and alive").atMost(LIMIT).until(() -> {
            JsonNode details =
                    progress().path("components").path("stepProgress").path("details");
            assertThat(get("health/progress").statusCode()).isEqualTo(200);
            return details.path("oldest_unanswered_seconds").asInt() > 2 * TIMEOUT_SECONDS;
        });
        assertThat(executor.events.of(step)).hasAtLeastOneElementOfType(StepProgressed.class);
    }

    private StepTask volumeTask() throws InterruptedException {
        return restore.volumeTask(restore.webPlan(IpStrategy.NEW_IPS).withoutUserData());
    }

    private boolean ended(StepAddress step) {
        return executor.events.of(step).stream()
                .anyMatch(event -> event instanceof StepCompleted || event instanceof StepFailed);
    }

    private StepAddress send(StepTask task, Duration left) {
        StepAddress step = new StepAddress(
                UUID.randomUUID(),
                RestoreFixture.TENANT.webServerId(),
                RestoreFixture.TENANT.projectId(),
                3,
                Action.CREATE_VOLUME,
                1);
        Instant now = Instant.now();
        executor.send(new RunStep(step, now, now.plus(left), task));
        return step;
    }

    private void awaitProgress(int status) {
        await("progress answers " + status)
                .atMost(LIMIT)
                .until(() -> get("health/progress").statusCode() == status);
    }

    private JsonNode progress() {
        return Json.MAPPER.readTree(get("health/progress").body());
    }

    private HttpResponse<String> get(String path) {
        String port = executor.service.getEnvironment().getRequiredProperty("local.management.port");
        URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/" + path);
        return http.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .join();
    }
}
