package io.vmrestore.gateway.jobs;

import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.codec.Json;
import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.gateway.testing.StandInStatus;
import io.vmrestore.support.access.Role;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

/** One restore as its client reads it: passed on unchanged, waited for, asked for again, or not found. */
class SingleJobTest {
    private final String user = newUser();
    private final WebTestClient client = SharedGateway.as(user, Role.VIEWER);
    private final String jobId = UUID.randomUUID().toString();

    private WebTestClient.ResponseSpec get(String uri) {
        return client.get()
                .uri(URI.create("http://127.0.0.1:" + SharedGateway.GATEWAY.port() + uri))
                .exchange();
    }

    @Test
    void passesAJobThroughUnchanged() {
        Map<String, Object> job = Jobs.with(Jobs.planned(jobId), "something_new", List.of(1, "two", Map.of()));
        STATUS.script(user, _ -> Answer.json(200, job));
        get("/restore/jobs/" + jobId)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"" + jobId + "-2\"")
                .expectHeader()
                .valueEquals("Cache-Control", "no-cache, private")
                .expectHeader()
                .doesNotExist("Retry-After")
                .expectBody()
                .json(Json.MAPPER.writeValueAsString(job));
        assertThat(STATUS.requests(user).getFirst().uri().toString()).isEqualTo("/internal/jobs/" + jobId);
    }

    @ParameterizedTest
    @CsvSource({
        "PLANNING, 1",
        "PLANNED,",
        "PENDING, 1",
        "RUNNING, 1",
        "COMPLETED,",
        "FAILED,",
        "CANCELLED,",
        "INTERRUPTED,",
        "DRY_RUN,"
    })
    void saysWhenToAskAgainWhileTheJobGoesOn(String status, @Nullable String retryAfter) {
        STATUS.script(user, _ -> Answer.json(200, Jobs.with(Jobs.planned(jobId), "status", status)));
        WebTestClient.ResponseSpec answer =
                get("/restore/jobs/" + jobId).expectStatus().isOk();
        if (retryAfter == null) {
            answer.expectHeader().doesNotExist("Retry-After");
        } else {
            answer.expectHeader().valueEquals("Retry-After", retryAfter);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\"ID-2\"', 304",
        "'W/\"ID-2\"', 304",
        "'\"ID-1\", \"ID-2\"', 304",
        "*, 304",
        "'W/\"x,y\",  \"ID-2\"', 304",
        "'\"x\",\"ID-2\"', 304",
        "'\"x,ID-2\"', 200",
        "'\"ID-3\"', 200",
        "'\"ID-02\"', 200",
        "'\"2\"', 200",
        "ID-2, 200"
    })
    void savesTheBodyOfAnUnchangedJob(String known, int status) {
        STATUS.script(user, _ -> Answer.json(200, Jobs.with(Jobs.planned(jobId), "status", "RUNNING")));
        client.get()
                .uri("/restore/jobs/" + jobId)
                .header("If-None-Match", known.replace("ID", jobId))
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .valueEquals("Retry-After", "1")
                .expectHeader()
                .valueEquals("ETag", "\"" + jobId + "-2\"");
    }

    @Test
    void waitsForNothingWhereTheClientHasEveryVersion() {
        STATUS.script(user, _ -> Answer.json(200, Jobs.planned(jobId)));
        client.get()
                .uri("/restore/jobs/" + jobId)
                .header("If-None-Match", "*")
                .header("Prefer", "wait=7")
                .exchange()
                .expectStatus()
                .isNotModified();
        assertThat(STATUS.requests(user))
                .singleElement()
                .satisfies(asked -> assertThat(asked.parameters()).isEmpty());
    }

    @Test
    void waitsForAChangeOfWhatTheClientKnows() {
        STATUS.script(user, _ -> Answer.json(200, Jobs.planned(jobId)));
        client.get()
                .uri("/restore/jobs/" + jobId)
                .header("If-None-Match", "\"" + jobId + "-1\"")
                .header("Prefer", "wait=7")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Preference-Applied", "wait=7");
        assertThat(STATUS.requests(user))
                .singleElement()
                .satisfies(asked -> assertThat(asked.parameters().toSingleValueMap())
                        .isEqualTo(Map.of("after_version", "1", "wait_millis", "7000")));
    }

    @Test
    void takesNoParameters() {
        get("/restore/jobs/" + jobId + "?wait=5")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].parameter")
                .isEqualTo("wait");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=7 | wait=7 | 7000",
                "wait=99999 | wait=50 | 50000",
                "wait=0 | wait=0 | ",
                "respond-async | respond-async | ",
                "wait=soon | | "
            })
    void waitsForTheEndAsLongAsTheClientPrefers(String prefer, @Nullable String applied, @Nullable String waitMillis) {
        STATUS.script(user, _ -> Answer.json(200, Jobs.planned(jobId)));
        HttpHeaders headers = client.get()
                .uri("/restore/jobs/" + jobId)
                .header("Prefer", prefer)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseHeaders();
        assertThat(headers.getFirst("Preference-Applied")).isEqualTo(applied);
        assertThat(STATUS.requests(user))
                .singleElement()
                .satisfies(asked -> assertThat(asked.parameters().toSingleValueMap())
                        .isEqualTo(
                                waitMillis == null ? Map.of() : Map.of("until", "ended", "wait_millis", waitMillis)));
    }

    @Test
    void knowsNoOtherJobs() {
        get("/restore/jobs/" + jobId)
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:job-not-found")
                .jsonPath("$.detail")
                .isEqualTo("There is no restore job " + jobId + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"42", "1-1-1-1-1", "0f1c9d2e7a4b4c1e9f6e2d3b4a5c6d7e", "%F0%9F%92%A9"})
    void namesAWrongJobId(String id) {
        get("/restore/jobs/" + id)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("Parameter job_id must be a UUID such as 0f1c9d2e-7a4b-4c1e-9f6e-2d3b4a5c6d7e.");
    }

    @ParameterizedTest
    @CsvSource({
        "401, 503, status-store-unavailable",
        "403, 503, status-store-unavailable",
        "404, 503, status-store-unavailable",
        "500, 500, internal-error",
        "502, 503, status-store-unavailable",
        "503, 503, status-store-unavailable",
        "302, 503, status-store-unavailable",
        "200, 503, status-store-unavailable"
    })
    void tellsTheStatusServicesFailures(int answered, int status, String kind) {
        STATUS.script(user, _ -> new Answer(answered, Map.of(), "<html>not ours</html>"));
        for (String uri : List.of("/restore/jobs", "/restore/jobs/" + jobId)) {
            get(uri).expectStatus()
                    .isEqualTo(status)
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("urn:vm-restore:problem:" + kind);
        }
    }

    @Test
    void keepsTheRequestIdAndPassesItOn() {
        String id = "req-3c1a6f0e-58b1-4e6f-9d57-2f7b0f0c1a2b";
        STATUS.script(user, _ -> StandInStatus.notFound());
        client.get()
                .uri("/restore/jobs/" + jobId)
                .header("X-Openstack-Request-Id", id)
                .exchange()
                .expectHeader()
                .valueEquals("X-Openstack-Request-Id", id)
                .expectBody()
                .jsonPath("$.request_id")
                .isEqualTo(id);
        assertThat(STATUS.requests(user).getFirst().header("X-Openstack-Request-Id"))
                .isEqualTo(id);
    }
}
