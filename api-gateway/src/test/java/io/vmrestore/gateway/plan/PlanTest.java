package io.vmrestore.gateway.plan;

import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.gateway.publish.PublishedEvents;
import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.gateway.testing.StandInServer.Request;
import io.vmrestore.gateway.testing.StandInStatus;
import io.vmrestore.support.access.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class PlanTest {
    private final String user = newUser();
    private final WebTestClient client = SharedGateway.as(user, Role.ADMIN);

    private ResponseSpec plan(Map<String, Object> more, String... prefer) {
        Map<String, Object> body = new HashMap<>(
                Map.of("project_id", Jobs.PROJECT_ID, "vm_id", Jobs.VM_ID, "restore_point_id", Jobs.SNAPSHOT_ID));
        body.putAll(more);
        return client.post()
                .uri("/restore/plan")
                .contentType(MediaType.APPLICATION_JSON)
                .header("Prefer", prefer)
                .bodyValue(body)
                .exchange();
    }

    /** Answers the waiting read like that, and every other one with 404. */
    private void whenWaiting(Function<String, Object> job) {
        STATUS.script(
                user,
                request -> waiting(request)
                        ? Answer.json(200, job.apply(StandInStatus.jobId(request)))
                        : StandInStatus.notFound());
    }

    private static boolean waiting(Request request) {
        return request.parameters().containsKey("until");
    }

    private List<RestoreEvent> published() {
        return PublishedEvents.all(event -> event instanceof RestoreRequested requested
                && requested.requestedBy().equals(user));
    }

    @Test
    void answers201WithThePlanAndPublishesTheRequestFirst() {
        whenWaiting(Jobs::planned);
        plan(Map.of("new_vm_name", "web-1-neu", "ip_strategy", "TRY_SAME_IPS"))
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueMatches(
                        "Location", "/restore/jobs/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
                .expectHeader()
                .doesNotExist("Preference-Applied")
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("PLANNED")
                .jsonPath("$.plan.server.name")
                .isEqualTo("web-1")
                .jsonPath("$.plan.user_data.present")
                .isEqualTo(true)
                .jsonPath("$.plan_id")
                .value(planId -> assertThat(published()).singleElement().satisfies(event -> {
                    RestoreRequested requested = (RestoreRequested) event;
                    assertThat(requested.jobId().toString()).isEqualTo(planId);
                    assertThat(requested.projectId()).isEqualTo(Jobs.PROJECT_ID);
                    assertThat(requested.vmId()).isEqualTo(Jobs.VM_ID);
                    assertThat(requested.restorePointId()).isEqualTo(Jobs.SNAPSHOT_ID);
                    assertThat(requested.mode()).isEqualTo(RestoreMode.NEW);
                    assertThat(requested.newVmName()).isEqualTo("web-1-neu");
                    assertThat(requested.ipStrategy()).isEqualTo(IpStrategy.TRY_SAME_IPS);
                }));
        assertThat(STATUS.requests(user)).hasSize(2);
        assertThat(STATUS.requests(user).get(0).parameters()).isEmpty();
        assertThat(STATUS.requests(user).get(1).parameters().toSingleValueMap())
                .isEqualTo(Map.of("until", "planned", "wait_millis", "2000"));
    }

    @Test
    void spellsIdsInOneWay() {
        whenWaiting(Jobs::planned);
        plan(Map.of(
                        "vm_id",
                        Jobs.VM_ID.toUpperCase(Locale.ROOT),
                        "project_id",
                        Jobs.PROJECT_ID.toUpperCase(Locale.ROOT)))
                .expectStatus()
                .isCreated();
        assertThat(published()).singleElement().satisfies(event -> {
            assertThat(event.vmId()).isEqualTo(Jobs.VM_ID);
            assertThat(((RestoreRequested) event).projectId()).isEqualTo(Jobs.PROJECT_ID);
        });
    }

    @Test
    void answers202WhenPlanningOutlastsTheWait() {
        whenWaiting(Jobs::planning);
        plan(Map.of())
                .expectStatus()
                .isAccepted()
                .expectHeader()
                .valueMatches("Location", "/restore/jobs/.*")
                .expectHeader()
                .valueEquals("Retry-After", "1")
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("PLANNING")
                .jsonPath("$.job_id")
                .exists()
                .jsonPath("$.plan_id")
                .exists();
        assertThat(published()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "respond-async | respond-async | ",
                "wait=7 | wait=7 | 7000",
                "respond-async, wait=3 | wait=3 | 3000",
                "wait=99999 | wait=50 | 50000",
                "handling=lenient, wait=\"4\" | wait=4 | 4000",
                "wait=0 | wait=0 | ",
                "wait=soon | | 2000",
                "wait=99999999999999 | | 2000"
            })
    void obeysThePreference(String prefer, @Nullable String applied, @Nullable String waitMillis) {
        whenWaiting(Jobs::planning);
        ResponseSpec answer = plan(Map.of(), prefer).expectStatus().isAccepted();
        if (applied == null) {
            answer.expectHeader().doesNotExist("Preference-Applied");
        } else {
            answer.expectHeader().valueEquals("Preference-Applied", applied);
        }
        List<String> waits = STATUS.requests(user).stream()
                .filter(PlanTest::waiting)
                .map(request -> request.parameters().getFirst("wait_millis"))
                .toList();
        assertThat(waits).isEqualTo(waitMillis == null ? List.of() : List.of(waitMillis));
    }

    @ParameterizedTest
    @CsvSource({
        "project-not-found, 404, project-not-found",
        "vm-not-found, 404, vm-not-found",
        "restore-point-not-found, 404, restore-point-not-found",
        "boot-from-image, 422, boot-from-image",
        "restore-point-mismatch, 422, restore-point-mismatch",
        "restore-point-not-available, 422, restore-point-not-available",
        "project-not-accessible, 422, project-not-accessible",
        "unprocessable, 422, impossible-request",
        "quota-exceeded, 422, impossible-request",
        "address-not-available, 422, impossible-request",
        "plan-outdated, 422, impossible-request",
        "cloud-unavailable, 502, cloud-unavailable",
        "cloud-timeout, 504, cloud-timeout",
        "deadline-exceeded, 504, cloud-timeout",
        "cloud-refused, 502, planning-failed",
        "resource-failed, 502, planning-failed",
        "stopped, 502, planning-failed",
        "internal, 500, internal-error"
    })
    void tellsWhyThereIsNoPlan(String failure, int status, String kind) {
        whenWaiting(jobId -> Jobs.with(
                Jobs.with(Jobs.planning(jobId), "status", "FAILED"),
                "failure",
                Map.of(
                        "kind", failure,
                        "message", "Nova said no.",
                        "service", "compute",
                        "http_status", 404,
                        "request_id", "req-1")));
        plan(Map.of())
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:" + kind)
                .jsonPath("$.detail")
                .isEqualTo("Nova said no.")
                .jsonPath("$.service")
                .isEqualTo("compute")
                .jsonPath("$.service_status")
                .isEqualTo(404)
                .jsonPath("$.service_request_id")
                .isEqualTo("req-1")
                .jsonPath("$.job_id")
                .exists();
    }

    @Test
    void tellsWhenTheJobEndedWithoutPlanOrReason() {
        whenWaiting(jobId -> Jobs.with(Jobs.planning(jobId), "status", "INTERRUPTED"));
        plan(Map.of())
                .expectStatus()
                .isEqualTo(502)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:planning-failed")
                .jsonPath("$.detail")
                .isEqualTo("The job ended INTERRUPTED before its plan was ready; ask for a new plan.");
    }

    @Test
    void publishesNothingWhileTheStatusStoreIsAway() {
        STATUS.script(user, _ -> new Answer(503, Map.of("Retry-After", "9"), ""));
        plan(Map.of())
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "2")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:status-store-unavailable")
                .jsonPath("$.detail")
                .isEqualTo("The status store does not answer at the moment (status 503: PostgreSQL does not answer the"
                        + " status service), so restores can be neither read nor accepted; try again. Check"
                        + " PostgreSQL and the status service's health.");
        assertThat(published()).isEmpty();
    }

    @Test
    void answers202WhenTheStatusStoreFailsAfterTheRequestIsAccepted() {
        STATUS.script(user, request -> waiting(request) ? new Answer(500, Map.of(), "") : StandInStatus.notFound());
        plan(Map.of()).expectStatus().isAccepted();
        assertThat(published()).hasSize(1);
    }
}
