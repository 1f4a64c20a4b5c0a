package io.vmrestore.gateway.execute;

import static io.vmrestore.gateway.testing.ProblemAnswer.problem;
import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.gateway.publish.PublishedEvents;
import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.gateway.testing.StandInServer.Request;
import io.vmrestore.support.access.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class ExecuteTest {
    private final String user = newUser();
    private final String planId = UUID.randomUUID().toString();

    private ResponseSpec execute(Role role, @Nullable String confirmation) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("plan_id", planId);
        body.put("confirm_destructive", confirmation);
        return SharedGateway.as(user, role)
                .post()
                .uri("/restore/execute")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private ResponseSpec execute() {
        return execute(Role.ADMIN, null);
    }

    /**
     * The job is as {@code before} makes it; after the request as {@code decided} makes it, given the execution's id.
     */
    private void job(
            UnaryOperator<Map<String, Object>> before,
            BiFunction<Map<String, Object>, String, Map<String, Object>> decided) {
        STATUS.script(user, request -> {
            Map<String, Object> job = before.apply(Jobs.planned(planId));
            @Nullable String executionId = executionId(request);
            return Answer.json(200, executionId == null ? job : decided.apply(job, executionId));
        });
    }

    private static @Nullable String executionId(Request request) {
        return request.parameters().getFirst("execution_id");
    }

    private static Map<String, Object> running(Map<String, Object> job, String executionId) {
        return Jobs.with(Jobs.with(job, "execution", Map.of("execution_id", executionId)), "status", "RUNNING");
    }

    private List<RestoreEvent> published() {
        return PublishedEvents.all(event -> event.jobId().toString().equals(planId));
    }

    @Test
    void publishesTheRequestAndAnswers202OnceDispatchHasAdmittedIt() {
        job(UnaryOperator.identity(), ExecuteTest::running);
        execute()
                .expectStatus()
                .isAccepted()
                .expectHeader()
                .valueEquals("Location", "/restore/jobs/" + planId)
                .expectBody()
                .json("{\"job_id\":\"" + planId + "\",\"status\":\"PENDING\"}");
        assertThat(published()).singleElement().satisfies(event -> {
            ExecutionRequested requested = (ExecutionRequested) event;
            assertThat(requested.vmId()).isEqualTo(Jobs.VM_ID);
            assertThat(requested.requestedBy()).isEqualTo(user);
            assertThat(STATUS.requests(user).getLast().parameters().toSingleValueMap())
                    .isEqualTo(Map.of(
                            "until", "admitted",
                            "execution_id", requested.executionId().toString(),
                            "wait_millis", "1000"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLANNED", "PENDING"})
    void answers202WhenDispatchHasNotDecidedInTime(String status) {
        job(
                UnaryOperator.identity(),
                (job, id) -> Jobs.with(status.equals("PLANNED") ? job : running(job, id), "status", status));
        execute().expectStatus().isAccepted();
    }

    @Test
    void answers202InADryRun() {
        job(UnaryOperator.identity(), (job, id) -> Jobs.with(running(job, id), "status", "DRY_RUN"));
        execute().expectStatus().isAccepted();
    }

    @Test
    void answers202WhenTheStatusStoreFailsAfterTheRequestIsAccepted() {
        STATUS.script(
                user,
                request -> executionId(request) == null
                        ? Answer.json(200, Jobs.planned(planId))
                        : new Answer(500, Map.of(), ""));
        execute().expectStatus().isAccepted();
        assertThat(published()).hasSize(1);
    }

    @Test
    void tellsDispatchsRefusal() {
        String reason = "VM " + Jobs.VM_ID + " is busy with restore 1";
        job(
                UnaryOperator.identity(),
                (job, id) -> Jobs.with(job, "refusal", Map.of("execution_id", id, "reason", reason)));
        problem(execute(), 409, "execution-refused", reason)
                .jsonPath("$.job_id")
                .isEqualTo(planId);
    }

    @Test
    void doesNotTakeAnOlderRefusalForItsOwn() {
        job(
                job -> Jobs.with(
                        job, "refusal", Map.of("execution_id", UUID.randomUUID(), "reason", "an older request")),
                ExecuteTest::running);
        execute().expectStatus().isAccepted();
    }

    @Test
    void tellsWhenAnotherRequestWasFaster() {
        job(UnaryOperator.identity(), (job, _) -> running(job, UUID.randomUUID().toString()));
        problem(execute(), 409, "wrong-state", "Another request is executing this plan, and it is RUNNING.")
                .jsonPath("$.job_status")
                .isEqualTo("RUNNING");
    }

    @Test
    void tellsWhenTheJobEndedMeanwhile() {
        job(UnaryOperator.identity(), (job, _) -> Jobs.with(job, "status", "CANCELLED"));
        problem(execute(), 409, "wrong-state", "The job ended CANCELLED before it was executed; ask for a new plan.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "RUNNING", "COMPLETED", "FAILED", "CANCELLED", "INTERRUPTED", "DRY_RUN"})
    void refusesAJobThatIsNotPlanned(String status) {
        job(job -> Jobs.with(job, "status", status), ExecuteTest::running);
        problem(
                        execute(),
                        409,
                        "wrong-state",
                        "A plan is executed once, in status PLANNED; this one is " + status + ". Ask for a new plan.")
                .jsonPath("$.job_status")
                .isEqualTo(status);
        assertThat(published()).isEmpty();
    }

    @Test
    void asksToWaitForAPlanThatIsNotReady() {
        STATUS.script(user, _ -> Answer.json(200, Jobs.planning(planId)));
        ResponseSpec answer = execute();
        answer.expectHeader().valueEquals("Retry-After", "1");
        problem(answer, 409, "wrong-state", "The plan is not ready yet; try again in a moment.");
    }

    @Test
    void refusesAPlanThatIsNotEligible() {
        job(
                job -> Jobs.with(
                        job,
                        "plan",
                        Map.of("eligible", false, "reasons", List.of("quota cores: 2 left, 4 needed", "no network"))),
                ExecuteTest::running);
        problem(
                        execute(),
                        409,
                        "plan-not-eligible",
                        "The plan is not eligible: quota cores: 2 left, 4 needed; no network."
                                + " Remedy this and ask for a new plan.")
                .jsonPath("$.reasons[1]")
                .isEqualTo("no network");
        assertThat(published()).isEmpty();
    }

    @Test
    void knowsNoOtherJobs() {
        problem(execute(), 404, "job-not-found", "There is no restore job " + planId + ".");
        assertThat(published()).isEmpty();
    }

    @Test
    void leavesReplaceToThosePermitted() {
        job(job -> Jobs.with(job, "mode", "REPLACE"), ExecuteTest::running);
        problem(
                        execute(Role.ADMIN, "DELETE AND RESTORE web-1"),
                        403,
                        "missing-permission",
                        "This needs the permission restore:admin, which your role admin does not have.")
                .jsonPath("$.permission")
                .isEqualTo("restore:admin");
        assertThat(published()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"null", "delete and restore web-1", "DELETE AND RESTORE web-2", "' DELETE AND RESTORE web-1'"})
    void wantsTheExactTextBeforeItDeletesAVm(@Nullable String confirmation) {
        job(job -> Jobs.with(job, "mode", "REPLACE"), ExecuteTest::running);
        problem(
                        execute(Role.SUPERADMIN, confirmation),
                        400,
                        "confirmation-required",
                        "Destructive confirmation required: this plan deletes VM \"web-1\"."
                                + " Send confirm_destructive with exactly this text: DELETE AND RESTORE web-1")
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("/confirm_destructive");
        assertThat(published()).isEmpty();
    }

    @Test
    void executesAConfirmedReplace() {
        job(job -> Jobs.with(job, "mode", "REPLACE"), ExecuteTest::running);
        execute(Role.SUPERADMIN, "DELETE AND RESTORE web-1").expectStatus().isAccepted();
    }
}
