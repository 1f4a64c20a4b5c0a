package io.vmrestore.gateway.requests;

import static io.vmrestore.gateway.testing.ProblemAnswer.problem;
import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.KEYSTONE;
import static io.vmrestore.gateway.testing.SharedGateway.STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.embedded.testing.TestInfrastructure;
import io.vmrestore.gateway.publish.PublishedEvents;
import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.RunningGateway;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.gateway.testing.StandInStatus;
import io.vmrestore.support.access.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.FluxExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Each test has users and a project of its own; what is at work elsewhere is what its user's script says. */
class AdmissionTest {
    /** Two gateways, so that what they share and what they do not can be told apart. */
    private static RunningGateway gateway;

    private static RunningGateway another;

    private final String user = newUser();
    private final String project = UUID.randomUUID().toString().replace("-", "");

    @BeforeAll
    static void start() {
        gateway = gateway();
        another = gateway();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        another.close();
    }

    private static RunningGateway gateway() {
        return new RunningGateway(
                "KAFKA_BOOTSTRAP_SERVERS=" + TestInfrastructure.kafkaBootstrapServers(),
                "OS_AUTH_URL=" + KEYSTONE.url(),
                "RESTORE_STATUS_URL=" + STATUS.url(),
                "RESTORE_PUBLISH_TIMEOUT=60s",
                "RESTORE_PLAN_WAIT=0s",
                "RESTORE_ADMISSION_WAIT=0s",
                "RESTORE_MAX_ACTIVE=1000",
                "RESTORE_MAX_ACTIVE_PER_PROJECT=2");
    }

    private ResponseSpec post(RunningGateway asked, String path, Map<String, ?> body, String... keys) {
        return asked.as(user, Role.ADMIN)
                .post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .header("Idempotency-Key", keys)
                .bodyValue(body)
                .exchange();
    }

    private ResponseSpec plan(RunningGateway asked, String... keys) {
        return post(
                asked,
                "/restore/plan",
                Map.of("project_id", project, "vm_id", Jobs.VM_ID, "restore_point_id", Jobs.SNAPSHOT_ID),
                keys);
    }

    private static int status(ResponseSpec answer) {
        return answer.returnResult(Void.class).getStatus().value();
    }

    private static String location(ResponseSpec answer) {
        FluxExchangeResult<Void> result = answer.expectStatus().isAccepted().returnResult(Void.class);
        return String.valueOf(result.getResponseHeaders().getLocation());
    }

    /** So many restores are at work, none of them one that this gateway accepted a moment ago. */
    private void atWork(int total, int inProject) {
        STATUS.activity(user, _ -> StandInStatus.activity(total, inProject, List.of()));
    }

    private List<RestoreEvent> published() {
        return PublishedEvents.all(event -> switch (event) {
            case RestoreRequested requested -> requested.requestedBy().equals(user);
            case ExecutionRequested requested -> requested.requestedBy().equals(user);
            default -> false;
        });
    }

    @Test
    void refusesAPlanBeyondTheProjectsLimit() {
        atWork(7, 2);
        ResponseSpec answer = plan(gateway);
        answer.expectHeader().valueEquals("Retry-After", "5");
        problem(
                        answer,
                        429,
                        "too-many-restores",
                        "Project " + project + " has 2 restores at work, and RESTORE_MAX_ACTIVE_PER_PROJECT allows 2."
                                + " Try again when one of them has ended, or cancel one; GET /restore/jobs?project_id="
                                + project + "&status=RUNNING lists them.")
                .jsonPath("$.limit")
                .isEqualTo("RESTORE_MAX_ACTIVE_PER_PROJECT")
                .jsonPath("$.allowed")
                .isEqualTo(2)
                .jsonPath("$.active")
                .isEqualTo(2)
                .jsonPath("$.project_id")
                .isEqualTo(project);
        assertThat(published()).isEmpty();
    }

    @Test
    void refusesAnExecutionBeyondTheLimitOfAll() {
        String planId = UUID.randomUUID().toString();
        STATUS.script(user, _ -> Answer.json(200, Jobs.with(Jobs.planned(planId), "project_id", project)));
        atWork(1000, 0);
        // What the other tests had accepted counts too.
        post(gateway, "/restore/execute", Map.of("plan_id", planId))
                .expectStatus()
                .isEqualTo(429)
                .expectBody()
                .jsonPath("$.limit")
                .isEqualTo("RESTORE_MAX_ACTIVE")
                .jsonPath("$.project_id")
                .doesNotExist()
                .jsonPath("$.detail")
                .value(detail -> assertThat((String) detail)
                        .matches("The system has 10\\d\\d restores at work, and RESTORE_MAX_ACTIVE allows 1000\\. Try"
                                + " again when one of them has ended, or cancel one; GET"
                                + " /restore/jobs\\?status=RUNNING lists them\\."));
        assertThat(published()).isEmpty();
        atWork(900, 0);
        assertThat(status(post(gateway, "/restore/execute", Map.of("plan_id", planId))))
                .isEqualTo(202);
        assertThat(published()).hasSize(1);
    }

    @Test
    void countsWhatItHasAcceptedUntilTheStatusServiceShowsIt() {
        atWork(0, 0);
        List<CompletableFuture<Integer>> answers = IntStream.range(0, 10)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> status(plan(gateway))))
                .toList();
        assertThat(answers.stream().map(CompletableFuture::join).filter(status -> status == 202))
                .hasSize(2);
        assertThat(published()).hasSize(2);

        // Shown and at work: still no room.
        STATUS.activity(user, question -> StandInStatus.activity(2, 2, StandInStatus.accepted(question)));
        assertThat(status(plan(gateway))).isEqualTo(429);
        // One has ended.
        STATUS.activity(user, question -> StandInStatus.activity(1, 1, StandInStatus.accepted(question)));
        assertThat(status(plan(gateway))).isEqualTo(202);
    }

    @Test
    void asksAboutWhatItHasAcceptedByItsId() {
        String planId = UUID.randomUUID().toString();
        STATUS.script(
                user,
                request -> StandInStatus.jobId(request).equals(planId)
                        ? Answer.json(200, Jobs.with(Jobs.planned(planId), "project_id", project))
                        : StandInStatus.notFound());
        Map<String, Object> asked = new HashMap<>();
        STATUS.activity(user, question -> {
            asked.put("project_id", question.path("project_id").asString());
            asked.put("accepted", StandInStatus.accepted(question));
            return StandInStatus.activity(0, 0, List.of());
        });
        String planned = location(plan(gateway));
        assertThat(status(post(gateway, "/restore/execute", Map.of("plan_id", planId))))
                .isEqualTo(202);
        assertThat(status(plan(gateway))).isEqualTo(429);
        ExecutionRequested execution = published().stream()
                .filter(ExecutionRequested.class::isInstance)
                .map(ExecutionRequested.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(asked).containsEntry("project_id", project);
        assertThat((List<?>) asked.get("accepted"))
                .map(String::valueOf)
                .contains(
                        planned.substring("/restore/jobs/".length()),
                        execution.executionId().toString());
    }

    @Test
    void neverRefusesTheRepeatOfWhatWasAccepted() {
        String key = UUID.randomUUID().toString();
        atWork(0, 1);
        String first = location(plan(gateway, key));
        atWork(0, 2);
        assertThat(status(plan(gateway))).isEqualTo(429);
        assertThat(location(plan(gateway, key))).isEqualTo(first);
        // The other gateway knows of it from the status service only, and that shows no job yet.
        assertThat(location(plan(another, key))).isEqualTo(first);
        assertThat(published())
                .isNotEmpty()
                .allMatch(event -> event.equals(published().getFirst()));
    }

    @Test
    void takesOneOfTwoEqualRequestsForTheOther() {
        String key = UUID.randomUUID().toString();
        // While the second one asks, the first one takes the last place.
        String[] first = new String[1];
        STATUS.activity(user, _ -> {
            atWork(0, 1);
            first[0] = location(plan(gateway, key));
            return StandInStatus.activity(0, 2, List.of());
        });
        String second = location(plan(another, key));
        assertThat(second).isEqualTo(first[0]);
    }

    @Test
    void judgesARefusedRequestAgainWhenItIsRepeated() {
        String key = UUID.randomUUID().toString();
        atWork(0, 2);
        assertThat(status(plan(gateway, key))).isEqualTo(429);
        assertThat(status(plan(another, key))).isEqualTo(429);
        assertThat(published()).isEmpty();
        atWork(0, 1);
        assertThat(status(plan(gateway, key))).isEqualTo(202);
        assertThat(published()).hasSize(1);
    }

    @Test
    void acceptsNothingWhileNobodyCanTellHowManyAreAtWork() {
        STATUS.activity(user, _ -> new Answer(502, Map.of(), ""));
        plan(gateway)
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .exists("Retry-After")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:status-store-unavailable");
        assertThat(published()).isEmpty();
    }
}
