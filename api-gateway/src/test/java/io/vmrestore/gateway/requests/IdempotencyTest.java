package io.vmrestore.gateway.requests;

import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.KEYSTONE;
import static io.vmrestore.gateway.testing.SharedGateway.STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.embedded.testing.TestInfrastructure;
import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.gateway.testing.StandInStatus;
import io.vmrestore.support.access.Role;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requests that are sent again with the same Idempotency-Key. */
class IdempotencyTest extends KeyedRequests {
    @Test
    void planOnce() {
        STATUS.script(user, request -> Answer.json(200, Jobs.planned(StandInStatus.jobId(request))));
        String first = location(post(client(), "/restore/plan", planRequest(), key)
                .expectStatus()
                .isCreated());
        String second = location(post(client(), "/restore/plan", planRequest(), key)
                .expectStatus()
                .isCreated());
        assertThat(second).isEqualTo(first);
        // The stand-in knows every job, as if the request had been published by another gateway that died.
        assertThat(published()).isEmpty();
    }

    @Test
    void publishTheSameEventAgainWhenNobodyKnowsTheJobYet() {
        List<CompletableFuture<@Nullable String>> answers = IntStream.range(0, 4)
                .mapToObj(_ ->
                        CompletableFuture.supplyAsync(() -> location(post(client(), "/restore/plan", planRequest(), key)
                                .expectStatus()
                                .isAccepted())))
                .toList();
        assertThat(answers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        // The log ignores repeats of one event.
        assertThat(published())
                .hasSizeBetween(1, 4)
                .allSatisfy(event -> assertThat(event).isEqualTo(published().getFirst()));
    }

    @Test
    void areTheSameOnEveryGateway() {
        try (RunningGateway other = new RunningGateway(
                "KAFKA_BOOTSTRAP_SERVERS=" + TestInfrastructure.kafkaBootstrapServers(),
                "OS_AUTH_URL=" + KEYSTONE.url(),
                "RESTORE_STATUS_URL=" + STATUS.url(),
                "RESTORE_PUBLISH_TIMEOUT=60s",
                "RESTORE_PLAN_WAIT=0s")) {
            String first = location(post(client(), "/restore/plan", planRequest(), key));
            String second = location(post(other.as(user, Role.ADMIN), "/restore/plan", planRequest(), key));
            assertThat(second).isEqualTo(first);
        }
    }

    @Test
    void executeOnce() {
        AtomicReference<@Nullable String> execution = new AtomicReference<>();
        STATUS.script(user, request -> {
            @Nullable String asked = request.parameters().getFirst("execution_id");
            if (asked != null) {
                execution.set(asked);
            }
            Map<String, Object> job = Jobs.planned(jobId);
            @Nullable String known = execution.get();
            return Answer.json(
                    200,
                    known == null
                            ? job
                            : Jobs.with(
                                    Jobs.with(job, "status", "COMPLETED"), "execution", Map.of("execution_id", known)));
        });
        for (int time = 0; time < 3; time++) {
            post(client(), "/restore/execute", Map.of("plan_id", jobId), key)
                    .expectStatus()
                    .isAccepted()
                    .expectHeader()
                    .valueEquals("Location", "/restore/jobs/" + jobId)
                    .expectBody()
                    .json("{\"job_id\":\"" + jobId + "\",\"status\":\"PENDING\"}");
        }
        assertThat(published()).hasSize(1);
        problem(post(client(), "/restore/execute", Map.of("plan_id", jobId), "another"), 409, "wrong-state");
    }

    @Test
    void areRefusedAgainAsTheFirstWas() {
        AtomicReference<@Nullable String> execution = new AtomicReference<>();
        STATUS.script(user, request -> {
            @Nullable String asked = request.parameters().getFirst("execution_id");
            if (asked != null) {
                execution.set(asked);
            }
            @Nullable String known = execution.get();
            Map<String, Object> job = Jobs.planned(jobId);
            return Answer.json(
                    200,
                    known == null
                            ? job
                            : Jobs.with(job, "refusal", Map.of("execution_id", known, "reason", "VM is busy")));
        });
        for (int time = 0; time < 2; time++) {
            problem(post(client(), "/restore/execute", Map.of("plan_id", jobId), key), 409, "execution-refused")
                    .jsonPath("$.detail")
                    .isEqualTo("VM is busy");
        }
        assertThat(published()).hasSize(1);
    }

    @Test
    void cancelOnceAtEitherPath() {
        AtomicReference<@Nullable CancellationRequested> seen = new AtomicReference<>();
        STATUS.script(user, request -> {
            Map<String, Object> job = Jobs.with(Jobs.planned(jobId), "status", "RUNNING");
            if (request.parameters().containsKey("after_version")) {
                seen.set((CancellationRequested) published().getFirst());
            }
            @Nullable CancellationRequested known = seen.get();
            if (known != null) {
                job.put("cancellation", Map.of("requested_by", user, "requested_at", known.time()));
                job.put("status", "CANCELLED");
            }
            return Answer.json(200, job);
        });
        Map<String, Object> body = Map.of("reason", "wrong snapshot");
        for (String path : List.of("/restore/cancel/", "/restore/cancel/", "/restore/jobs/")) {
            post(client(), path + jobId + (path.endsWith("jobs/") ? "/cancel" : ""), body, key)
                    .expectStatus()
                    .isAccepted()
                    .expectBody()
                    .jsonPath("$.status")
                    .isEqualTo("CANCELLED");
        }
        assertThat(published()).hasSize(1);
        problem(post(client(), "/restore/cancel/" + jobId, body, "another"), 409, "wrong-state");
    }

    @Test
    void belongToTheirCaller() {
        String other = newUser();
        STATUS.script(user, request -> Answer.json(200, Jobs.planned(StandInStatus.jobId(request))));
        STATUS.script(other, request -> Answer.json(200, Jobs.planned(StandInStatus.jobId(request))));
        String mine = location(post(client(), "/restore/plan", planRequest(), key));
        String theirs = location(post(SharedGateway.as(other, Role.ADMIN), "/restore/plan", planRequest(), key));
        assertThat(theirs).isNotEqualTo(mine);
    }
}
