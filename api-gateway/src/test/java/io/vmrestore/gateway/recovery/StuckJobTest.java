package io.vmrestore.gateway.recovery;

import static io.vmrestore.gateway.testing.ProblemAnswer.problem;
import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.RedriveRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.gateway.publish.PublishedEvents;
import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.support.access.Role;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class StuckJobTest {
    private final String user = newUser();
    private final String jobId = UUID.randomUUID().toString();

    private ResponseSpec redrive() {
        return SharedGateway.as(user, Role.SUPERADMIN)
                .post()
                .uri("/restore/jobs/{id}/redrive", jobId)
                .exchange();
    }

    private ResponseSpec interrupt(String body) {
        return SharedGateway.as(user, Role.SUPERADMIN)
                .post()
                .uri("/restore/jobs/{id}/interrupt", jobId)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private void job(String status) {
        STATUS.script(user, _ -> Answer.json(200, Jobs.with(Jobs.planned(jobId), "status", status)));
    }

    private List<RestoreEvent> published() {
        return PublishedEvents.all(event -> event.jobId().toString().equals(jobId));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLANNING", "PENDING", "RUNNING"})
    void asksOnceMoreForWhatAJobWaitsFor(String status) {
        job(status);
        redrive()
                .expectStatus()
                .isAccepted()
                .expectHeader()
                .valueEquals("Location", "/restore/jobs/" + jobId)
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(status)
                .jsonPath("$.redrive_id")
                .isEqualTo(
                        ((RedriveRequested) published().getFirst()).redriveId().toString());
        assertThat(published()).singleElement().satisfies(event -> {
            assertThat(event.vmId()).isEqualTo(Jobs.VM_ID);
            assertThat(((RedriveRequested) event).requestedBy()).isEqualTo(user);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETED", "FAILED", "CANCELLED", "INTERRUPTED", "DRY_RUN"})
    void hasNothingToDoForAJobThatHasEnded(String status) {
        job(status);
        String detail = "The job has ended " + status + ", so there is nothing to wait for any more.";
        problem(redrive(), 409, "wrong-state", detail).jsonPath("$.job_status").isEqualTo(status);
        problem(interrupt("{\"reason\":\"x\"}"), 409, "wrong-state", detail);
        assertThat(published()).isEmpty();
    }

    @Test
    void answersOnceTheJobIsGivenUpAndSaysWhoDidAndWhy() {
        STATUS.script(
                user,
                request -> Answer.json(
                        200,
                        Jobs.with(
                                Jobs.planned(jobId),
                                "status",
                                request.parameters().containsKey("until") ? "INTERRUPTED" : "RUNNING")));
        interrupt("{\"reason\":\"hypervisor is gone\"}")
                .expectStatus()
                .isAccepted()
                .expectBody()
                .json("{\"job_id\":\"" + jobId + "\",\"status\":\"INTERRUPTED\"}");
        assertThat(published()).singleElement().satisfies(event -> {
            RestoreInterrupted interrupted = (RestoreInterrupted) event;
            assertThat(interrupted.vmId()).isEqualTo(Jobs.VM_ID);
            assertThat(interrupted.requestedBy()).isEqualTo(user);
            assertThat(interrupted.reason()).isEqualTo("hypervisor is gone");
        });
    }

    @Test
    void answers202WhenItIsNotKnownInTimeWhatBecameOfTheJob() {
        STATUS.script(
                user,
                request -> request.parameters().isEmpty()
                        ? Answer.json(200, Jobs.with(Jobs.planned(jobId), "status", "RUNNING"))
                        : new Answer(500, Map.of(), ""));
        interrupt("{\"reason\":\"x\"}")
                .expectStatus()
                .isAccepted()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("RUNNING");
        assertThat(published()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /reason is required.",
                "{\"reason\":\"\"} | /reason must have 1 to 1000 characters, not 0.",
                "{\"reason\":\"x\",\"why\":\"y\"} | /why is not a field of this request; its fields are reason."
            })
    void wantsAReasonForGivingUp(String body, String detail) {
        problem(interrupt(body), 400, "invalid-request", detail);
        assertThat(published()).isEmpty();
    }

    @Test
    void knowsNoOtherJobs() {
        problem(redrive(), 404, "job-not-found", "There is no restore job " + jobId + ".");
        problem(interrupt("{\"reason\":\"x\"}"), 404, "job-not-found", "There is no restore job " + jobId + ".");
    }
}
