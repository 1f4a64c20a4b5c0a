package io.vmrestore.gateway.cancel;

import static io.vmrestore.gateway.testing.ProblemAnswer.problem;
import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.gateway.publish.PublishedEvents;
import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.support.access.Role;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.RequestBodySpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class CancelTest {
    private static final Map<String, Object> CANCELLATION =
            Map.of("requested_by", "someone", "requested_at", "2026-11-22T18:30:00Z");

    private final String user = newUser();
    private final String jobId = UUID.randomUUID().toString();

    private RequestBodySpec request(String path) {
        return SharedGateway.as(user, Role.ADMIN).post().uri(path, jobId);
    }

    private ResponseSpec cancel() {
        return request("/restore/cancel/{id}").exchange();
    }

    private ResponseSpec cancel(String body) {
        return request("/restore/cancel/{id}")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    /** The job is RUNNING, changed as {@code before} says, and as {@code after} says once the wait has begun. */
    private void job(UnaryOperator<Map<String, Object>> before, UnaryOperator<Map<String, Object>> after) {
        STATUS.script(user, request -> {
            Map<String, Object> job = before.apply(Jobs.with(Jobs.planned(jobId), "status", "RUNNING"));
            return Answer.json(200, request.parameters().containsKey("after_version") ? after.apply(job) : job);
        });
    }

    private static Map<String, Object> cancelling(Map<String, Object> job) {
        return Jobs.with(Jobs.with(job, "cancellation", CANCELLATION), "version", 3);
    }

    private static UnaryOperator<Map<String, Object>> with(String member, Object value) {
        return job -> Jobs.with(job, member, value);
    }

    private static Map<String, Object> step(String action, int attempt) {
        return Map.of("step_order", 4, "action", action, "attempt", attempt, "status", "PENDING");
    }

    private List<RestoreEvent> published() {
        return PublishedEvents.all(event -> event.jobId().toString().equals(jobId));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/restore/cancel/{id}", "/restore/jobs/{id}/cancel"})
    void publishesTheRequestAndAnswers202OnceDispatchFollowsIt(String path) {
        job(UnaryOperator.identity(), CancelTest::cancelling);
        request(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"reason\":\"wrong snapshot\"}")
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectHeader()
                .valueEquals("Location", "/restore/jobs/" + jobId)
                .expectBody()
                .json("{\"job_id\":\"" + jobId + "\",\"status\":\"RUNNING\"}");
        assertThat(published()).singleElement().satisfies(event -> {
            CancellationRequested requested = (CancellationRequested) event;
            assertThat(requested.vmId()).isEqualTo(Jobs.VM_ID);
            assertThat(requested.requestedBy()).isEqualTo(user);
            assertThat(requested.reason()).isEqualTo("wrong snapshot");
        });
        assertThat(STATUS.requests(user).get(1).parameters().getFirst("after_version"))
                .isEqualTo("2");
    }

    @Test
    void eachRequestIsAFactOfItsOwn() {
        job(UnaryOperator.identity(), UnaryOperator.identity());
        cancel("{\"reason\":\"wrong snapshot\"}").expectStatus().isAccepted();
        cancel("{\"reason\":\"wrong VM\"}").expectStatus().isAccepted();
        assertThat(published()).extracting(RestoreEvent::id).hasSize(2).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"null", "''", "{}", "'{\"reason\":null}'"})
    void needsNoReason(@Nullable String body) {
        job(UnaryOperator.identity(), CancelTest::cancelling);
        (body == null ? cancel() : cancel(body)).expectStatus().isAccepted();
        assertThat(published())
                .singleElement()
                .satisfies(event ->
                        assertThat(((CancellationRequested) event).reason()).isNull());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"reason\":7} | /reason must be a string, not a number.",
                "{\"reason\":\"\"} | /reason must have 1 to 1000 characters, not 0.",
                "{\"reason\":\"a\\u0007b\"} | /reason must not contain control characters.",
                "{\"why\":\"x\"} | /why is not a field of this request; its fields are reason.",
                "[] | The body must be a JSON object, not an array."
            })
    void namesWhatIsWrongWithTheBody(String body, String detail) {
        problem(cancel(body), 400, "invalid-request", detail);
        assertThat(STATUS.requests(user)).isEmpty();
    }

    @Test
    void tellsThatEverythingIsTidiedUpWhenItIsSoSoon() {
        job(with("status", "PLANNED"), job -> Jobs.with(cancelling(job), "status", "CANCELLED"));
        cancel().expectStatus()
                .isAccepted()
                .expectBody()
                .json("{\"job_id\":\"" + jobId + "\",\"status\":\"CANCELLED\"}");
    }

    @Test
    void waitsThroughChangesThatAreNoDecision() {
        STATUS.script(user, request -> {
            Map<String, Object> job = Jobs.with(Jobs.planned(jobId), "status", "RUNNING");
            @Nullable String known = request.parameters().getFirst("after_version");
            return Answer.json(
                    200,
                    switch (String.valueOf(known)) {
                        case "null" -> job;
                        case "2" -> Jobs.with(job, "version", 9);
                        default -> Jobs.with(cancelling(job), "status", "PENDING");
                    });
        });
        cancel().expectStatus().isAccepted().expectBody().jsonPath("$.status").isEqualTo("PENDING");
        assertThat(STATUS.requests(user).get(2).parameters().getFirst("after_version"))
                .isEqualTo("9");
    }

    @Test
    void answers202WhenDispatchHasNotDecidedInTime() {
        job(UnaryOperator.identity(), UnaryOperator.identity());
        cancel().expectStatus().isAccepted().expectBody().jsonPath("$.status").isEqualTo("RUNNING");
        assertThat(published()).hasSize(1);
    }

    @Test
    void answers202WhenTheStatusStoreFailsAfterTheRequestIsAccepted() {
        STATUS.script(
                user,
                request -> request.parameters().isEmpty()
                        ? Answer.json(200, Jobs.planned(jobId))
                        : new Answer(500, Map.of(), ""));
        cancel().expectStatus().isAccepted();
        assertThat(published()).hasSize(1);
    }

    @Test
    void answersASecondRequestLikeTheFirstAndPublishesNothing() {
        job(CancelTest::cancelling, UnaryOperator.identity());
        cancel("{\"reason\":\"again\"}").expectStatus().isAccepted();
        assertThat(published()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETED", "FAILED", "CANCELLED", "INTERRUPTED", "DRY_RUN"})
    void refusesAJobThatHasEnded(String status) {
        job(job -> Jobs.with(cancelling(job), "status", status), UnaryOperator.identity());
        problem(
                        cancel(),
                        409,
                        "wrong-state",
                        "The job has ended " + status + "; only a PLANNED, PENDING or RUNNING one can be cancelled.")
                .jsonPath("$.job_status")
                .isEqualTo(status);
        assertThat(published()).isEmpty();
    }

    @Test
    void refusesAJobWithoutPlan() {
        STATUS.script(user, _ -> Answer.json(200, Jobs.planning(jobId)));
        ResponseSpec answer = cancel();
        answer.expectHeader().valueEquals("Retry-After", "1");
        problem(
                answer,
                409,
                "wrong-state",
                "The plan is not ready yet, so there is nothing to cancel; try again in a moment.");
        assertThat(published()).isEmpty();
    }

    @Test
    void refusesAJobThatIsEndingBecauseAStepFailed() {
        job(with("failure", Map.of("kind", "cloud-refused", "message", "no")), UnaryOperator.identity());
        problem(
                cancel(),
                409,
                "wrong-state",
                "A step has failed, so what the job made is being removed already; there is nothing left to cancel.");
        assertThat(published()).isEmpty();
    }

    @Test
    void refusesOnceTheDeletionOfTheOriginalIsCommanded() {
        job(with("steps", List.of(step("create_volume", 2), step("delete_server", 1))), UnaryOperator.identity());
        problem(
                        cancel(),
                        409,
                        "past-point-of-no-return",
                        "VM web-1 is being deleted or is gone already, so the restore that replaces it must go on; it"
                                + " cannot be cancelled any more.")
                .jsonPath("$.job_id")
                .isEqualTo(jobId)
                .jsonPath("$.job_status")
                .isEqualTo("RUNNING");
        assertThat(published()).isEmpty();
    }

    @Test
    void cancelsAReplaceBeforeTheDeletion() {
        job(with("steps", List.of(step("create_volume", 1), step("delete_server", 0))), CancelTest::cancelling);
        cancel().expectStatus().isAccepted();
    }

    @ParameterizedTest
    @CsvSource({"status, COMPLETED, wrong-state", "steps, , past-point-of-no-return", "failure, , wrong-state"})
    void tellsWhenDispatchWentOnInstead(String member, @Nullable String value, String kind) {
        Object news = switch (member) {
            case "steps" -> List.of(step("delete_server", 1));
            case "failure" -> Map.of("kind", "cloud-refused", "message", "no");
            default -> String.valueOf(value);
        };
        job(UnaryOperator.identity(), with(member, news));
        cancel().expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:" + kind);
        assertThat(published()).hasSize(1);
    }

    @Test
    void knowsNoOtherJobs() {
        problem(cancel(), 404, "job-not-found", "There is no restore job " + jobId + ".");
        assertThat(published()).isEmpty();
    }

    @Test
    void namesAMalformedId() {
        problem(
                SharedGateway.as(user, Role.ADMIN)
                        .post()
                        .uri("/restore/cancel/1")
                        .exchange(),
                400,
                "invalid-request",
                "Parameter job_id must be a UUID such as 0f1c9d2e-7a4b-4c1e-9f6e-2d3b4a5c6d7e.");
    }
}
