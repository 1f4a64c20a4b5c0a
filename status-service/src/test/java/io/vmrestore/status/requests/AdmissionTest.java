package io.vmrestore.status.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.status.testing.HttpProbe;
import io.vmrestore.status.testing.StatusService;
import io.vmrestore.support.api.AdmissionAnswer;
import io.vmrestore.support.api.AdmissionQuestion;
import io.vmrestore.support.api.AdmissionQuestion.Accepted;
import io.vmrestore.support.api.AdmissionQuestion.Limits;
import io.vmrestore.support.api.RequestClaim;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are let in or not; each test has a project of its own, and room in all of them together. */
class AdmissionTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private static final int ENOUGH = 1_000_000;

    private final StatusService service = StatusService.shared();
    private final HttpProbe alice = service.http("admin");
    private final String project = "project-" + UUID.randomUUID();
    private final String key = "key-" + UUID.randomUUID();

    private static RequestClaim claim(@Nullable String key) {
        return new RequestClaim(key, DIGEST, UUID.randomUUID(), NOW, NOW.plus(Duration.ofHours(24)), false);
    }

    private AdmissionQuestion plan(@Nullable String claimed, int roomInProject, Accepted... accepted) {
        return new AdmissionQuestion(
                claim(claimed), null, project, new Limits(ENOUGH, roomInProject), List.of(accepted), Map.of());
    }

    private static AdmissionQuestion execution(UUID planId, int roomInProject) {
        return new AdmissionQuestion(claim(null), planId, null, new Limits(ENOUGH, roomInProject), List.of(), Map.of());
    }

    private CompletableFuture<HttpResponse<String>> post(Object question) {
        return alice.postAsync("/internal/requests", Json.MAPPER.writeValueAsString(question));
    }

    private AdmissionAnswer ask(AdmissionQuestion question) {
        HttpResponse<String> answer = post(question).join();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.MAPPER.readValue(answer.body(), AdmissionAnswer.class);
    }

    private UUID stored(JobStatus status) {
        return ActiveTest.stored(project, status, null).jobId();
    }

    @Test
    void areLetInWhileThereIsRoomInTheProject() {
        stored(JobStatus.RUNNING);
        AdmissionQuestion question = plan(null, 2);
        AdmissionAnswer answer = ask(question);
        assertThat(answer.admitted()).isTrue();
        assertThat(answer.inProject()).isEqualTo(1);
        assertThat(answer.total()).isPositive();
        assertThat(answer.job()).isNull();
        assertThat(answer.claim().subjectId())
                .isEqualTo(Objects.requireNonNull(question.claim()).subjectId());
        assertThat(answer.claim().key()).isNull();
        assertThat(ask(plan(null, 1)).admitted()).isFalse();
    }

    @Test
    void areRefusedWhereThereIsNoRoomInAll() {
        stored(JobStatus.PENDING);
        AdmissionQuestion question =
                new AdmissionQuestion(claim(null), null, project, new Limits(1, 1), List.of(), Map.of());
        assertThat(ask(question).admitted()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(JobStatus.class)
    void countWhatIsPlannedOrExecutedNow(JobStatus status) {
        stored(status);
        boolean active = status == JobStatus.PLANNING || status == JobStatus.PENDING || status == JobStatus.RUNNING;
        assertThat(ask(plan(null, ENOUGH)).inProject()).isEqualTo(active ? 1 : 0);
    }

    @Test
    void countWhatTheGatewayHasLetInBeforeAndTheTablesDoNotShow() {
        UUID shown = stored(JobStatus.PLANNING);
        UUID planned = stored(JobStatus.PLANNED);
        UUID execution = UUID.randomUUID();
        Accepted[] before = {
            new Accepted(shown, null, project),
            new Accepted(UUID.randomUUID(), null, project),
            new Accepted(UUID.randomUUID(), null, "another"),
            // Its project follows from its job.
            new Accepted(planned, execution, null),
            // An execution of a job that does not exist is never let in.
            new Accepted(UUID.randomUUID(), UUID.randomUUID(), null)
        };
        AdmissionAnswer answer = ask(plan(null, 4, before));
        assertThat(answer.inProject()).isEqualTo(3);
        assertThat(answer.admitted()).isTrue();
        assertThat(answer.shown()).containsExactly(shown);
        assertThat(ask(plan(null, 3, before)).admitted()).isFalse();
    }

    @Test
    void countWhatIsToldAsNumbers() {
        AdmissionAnswer answer = ask(new AdmissionQuestion(
                claim(null), null, project, new Limits(ENOUGH, 3), List.of(), Map.of(project, 3, "another", 7, "", 1)));
        assertThat(answer.inProject()).isEqualTo(3);
        assertThat(answer.total()).isGreaterThanOrEqualTo(11);
        assertThat(answer.admitted()).isFalse();
    }

    @Test
    void toExecuteAreToldTheJobInItsProject() {
        UUID planId = stored(JobStatus.PLANNED);
        AdmissionAnswer answer = ask(execution(planId, 1));
        assertThat(answer.admitted()).isTrue();
        assertThat(Objects.requireNonNull(answer.job())).isEqualTo(alice.json("/internal/jobs/" + planId));
        stored(JobStatus.RUNNING);
        assertThat(ask(execution(planId, 1)).admitted()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = JobStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "PLANNED")
    void toExecuteWhatIsNotPlannedAreNotLetIn(JobStatus status) {
        AdmissionAnswer answer = ask(execution(stored(status), ENOUGH));
        assertThat(answer.admitted()).isFalse();
        assertThat(answer.job()).isNotNull();
    }

    @Test
    void toExecuteAnUnknownPlanAreToldThatThereIsNone() {
        AdmissionAnswer answer = ask(execution(UUID.randomUUID(), ENOUGH));
        assertThat(answer.admitted()).isFalse();
        assertThat(answer.job()).isNull();
    }

    @Test
    void thatWereLetInStaySoUnderTheirKey() {
        AdmissionAnswer first = ask(plan(key, 1));
        assertThat(first.admitted()).isTrue();
        stored(JobStatus.RUNNING);
        AdmissionAnswer repeated = ask(plan(key, 1));
        assertThat(repeated.admitted()).isTrue();
        assertThat(repeated.claim().subjectId()).isEqualTo(first.claim().subjectId());
        assertThat(ask(plan(null, 1)).admitted()).isFalse();
    }

    @Test
    void thatWereRefusedAreJudgedAgain() {
        AdmissionAnswer refused = ask(plan(key, 0));
        assertThat(refused.admitted()).isFalse();
        assertThat(refused.claim().admitted()).isFalse();
        AdmissionAnswer repeated = ask(plan(key, 1));
        assertThat(repeated.admitted()).isTrue();
        assertThat(repeated.claim().subjectId()).isEqualTo(refused.claim().subjectId());
    }

    @Test
    void ofAnotherKindUnderTheSameKeyAdmitNothing() {
        ask(plan(key, 0));
        RequestClaim other =
                new RequestClaim(key, "f".repeat(64), UUID.randomUUID(), NOW, NOW.plus(Duration.ofHours(24)), false);
        AdmissionAnswer answer =
                ask(new AdmissionQuestion(other, null, project, new Limits(ENOUGH, ENOUGH), List.of(), Map.of()));
        assertThat(answer.claim().digest()).isEqualTo(DIGEST);
        assertThat(answer.claim().admitted()).isFalse();
    }

    @Test
    void thatRepeatOneShowItsJob() {
        AdmissionQuestion first = plan(key, ENOUGH);
        UUID jobId = stored(JobStatus.PLANNED);
        RequestClaim claim = Objects.requireNonNull(first.claim());
        ask(new AdmissionQuestion(
                new RequestClaim(key, DIGEST, jobId, NOW, claim.expiresAt(), false),
                null,
                project,
                new Limits(ENOUGH, ENOUGH),
                List.of(),
                Map.of()));
        AdmissionAnswer repeated = ask(first);
        assertThat(repeated.claim().subjectId()).isEqualTo(jobId);
        assertThat(Objects.requireNonNull(repeated.job()).path("job_id").asString())
                .isEqualTo(jobId.toString());
    }

    @Test
    void atOnceUnderOneKeyAgreeOnOneSubject() {
        List<CompletableFuture<HttpResponse<String>>> answers =
                IntStream.range(0, 20).mapToObj(_ -> post(plan(key, ENOUGH))).toList();
        assertThat(answers.stream()
                        .map(CompletableFuture::join)
                        .map(answer -> Json.MAPPER.readValue(answer.body(), AdmissionAnswer.class))
                        .peek(answer -> assertThat(answer.admitted()).isTrue())
                        .map(answer -> answer.claim().subjectId())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void withoutAKeyAreNotRemembered() {
        AdmissionQuestion question = plan(null, ENOUGH);
        ask(question);
        assertThat(service.database()
                        .number("SELECT count(*) FROM request_claims WHERE subject_id = '"
                                + Objects.requireNonNull(question.claim()).subjectId() + "'"))
                .isZero();
    }

    @Test
    void nameAsManyAsAGatewayDoes() {
        Accepted[] before = IntStream.range(0, 1000)
                .mapToObj(_ -> new Accepted(UUID.randomUUID(), UUID.randomUUID(), project))
                .toArray(Accepted[]::new);
        assertThat(ask(plan(null, ENOUGH, before)).shown()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "nonsense",
                "{\"claim\":null}",
                "{\"project_id\":\"p\"}",
                "{\"claim\":{},\"project_id\":\"p\",\"limits\":{\"active\":1,\"active_per_project\":1},\"accepted\":[]}"
            })
    void areRefusedIfTheyAreNone(String body) {
        assertThat(alice.postAsync("/internal/requests", body).join().statusCode())
                .isEqualTo(400);
    }

    @Test
    void areRefusedIfTheyAreAboutTwoThingsOrNone() {
        Limits limits = new Limits(1, 1);
        assertThat(post(new AdmissionQuestion(claim(null), null, null, limits, List.of(), Map.of()))
                        .join()
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(new AdmissionQuestion(claim(null), UUID.randomUUID(), project, limits, List.of(), Map.of()))
                        .join()
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(new AdmissionQuestion(claim(null), null, "\0", limits, List.of(), Map.of()))
                        .join()
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"viewer, 403", "operator, 403", "admin, 200"})
    void areOfThoseWhoMayChangeRestores(String role, int status) {
        assertThat(service.http(role)
                        .postAsync("/internal/requests", Json.MAPPER.writeValueAsString(plan(null, 1)))
                        .join()
                        .statusCode())
                .isEqualTo(status);
    }
}
