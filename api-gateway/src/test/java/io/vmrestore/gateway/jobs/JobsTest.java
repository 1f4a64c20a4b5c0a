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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

class JobsTest {
    private final String user = newUser();
    private final WebTestClient client = SharedGateway.as(user, Role.VIEWER);
    private final String jobId = UUID.randomUUID().toString();

    private WebTestClient.ResponseSpec get(String uri) {
        return client.get()
                .uri(URI.create("http://127.0.0.1:" + SharedGateway.GATEWAY.port() + uri))
                .exchange();
    }

    private void page(Map<String, Object> more) {
        Map<String, Object> page = new HashMap<>(Map.of("jobs", List.of(Jobs.planning(jobId))));
        page.put("next_marker", null);
        page.putAll(more);
        STATUS.script(user, _ -> Answer.json(200, page));
    }

    @Test
    void listsJobsAndAsksOnBehalfOfTheCaller() {
        page(Map.of());
        get("/restore/jobs")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.jobs[0].job_id")
                .isEqualTo(jobId)
                .jsonPath("$.links.length()")
                .isEqualTo(0)
                .jsonPath("$.count")
                .doesNotExist();
        assertThat(STATUS.requests(user)).singleElement().satisfies(asked -> {
            assertThat(asked.uri().getPath()).isEqualTo("/internal/jobs");
            assertThat(asked.parameters().toSingleValueMap()).isEqualTo(Map.of("limit", "50"));
        });
    }

    @Test
    void passesEveryFilterOnAndLinksToTheNextPage() {
        page(Map.of("next_marker", "a+b/c=&d", "count", 1234567890123L));
        String filters = "status=RUNNING&vm_id=" + Jobs.VM_ID + "&project_id=" + Jobs.PROJECT_ID + "&mode=NEW"
                + "&requested_by=olga%20%26%20co&created_after=2026-11-22T18:30:00%2B01:00"
                + "&created_before=2026-11-23T00:00:00Z&limit=200&with_count=true";
        get("/restore/jobs?" + filters + "&marker=x%2By")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.count")
                .isEqualTo(1234567890123L)
                .jsonPath("$.links[0].rel")
                .isEqualTo("next")
                .jsonPath("$.links[0].href")
                .value(href -> {
                    // Following the link gives the same filters and the new marker.
                    get((String) href).expectStatus().isOk();
                    Map<String, String> first = rawParameters(0);
                    Map<String, String> second = rawParameters(1);
                    assertThat(first)
                            .containsEntry("created_after", "2026-11-22T17:30:00Z")
                            .containsEntry("requested_by", "olga & co")
                            .containsEntry("marker", "x+y")
                            .hasSize(10);
                    assertThat(second).containsEntry("marker", "a+b/c=&d");
                    second.put("marker", "x+y");
                    assertThat(second).isEqualTo(first);
                });
    }

    /** What the status service was asked, split before it is decoded. */
    private Map<String, String> rawParameters(int request) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair :
                STATUS.requests(user).get(request).uri().getRawQuery().split("&")) {
            String[] sides = pair.split("=", 2);
            parameters.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status=running | status | must be one of PLANNING, PLANNED, PENDING, RUNNING, COMPLETED, FAILED,"
                        + " CANCELLED, INTERRUPTED, DRY_RUN",
                "status= | status | must be one of PLANNING, PLANNED, PENDING, RUNNING, COMPLETED, FAILED, CANCELLED,"
                        + " INTERRUPTED, DRY_RUN",
                "vm_id=42 | vm_id | must be a UUID such as 0f1c9d2e-7a4b-4c1e-9f6e-2d3b4a5c6d7e",
                "project_id=tenant-a | project_id | must be a project id: 32 hexadecimal digits or a UUID",
                "mode=new | mode | must be one of NEW, REPLACE",
                "requested_by= | requested_by | must have 1 to 255 characters, not 0",
                "requested_by=a%00b | requested_by | must not contain control characters",
                "created_after=yesterday | created_after | must be a time with an offset such as 2026-11-22T18:30:00Z",
                "created_before=2026-11-22 | created_before | must be a time with an offset such as"
                        + " 2026-11-22T18:30:00Z",
                "created_before=%2B99999-01-01T00:00:00Z | created_before | must be a time in the years 0 to 9999",
                "limit=0 | limit | must be a whole number from 1 to 200",
                "limit=-1 | limit | must be a whole number from 1 to 200",
                "limit=1000000000 | limit | must be a whole number from 1 to 200",
                "limit=201 | limit | must be a whole number from 1 to 200",
                "limit=1e2 | limit | must be a whole number from 1 to 200",
                "limit=99999999999999999999 | limit | must be a whole number from 1 to 200",
                "limit | limit | must be a whole number from 1 to 200",
                "limit=5&limit=6 | limit | is given 2 times and may be given once",
                "with_count=yes | with_count | must be true or false",
                "marker= | marker | must have 1 to 512 characters, not 0",
                "vmid=42 | vmid | is not known here; known are status, vm_id, project_id, mode, requested_by,"
                        + " created_after, created_before, limit, marker, with_count"
            })
    void namesAWrongFilter(String query, String parameter, String detail) {
        get("/restore/jobs?" + query)
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:invalid-request")
                .jsonPath("$.detail")
                .isEqualTo("Parameter " + parameter + " " + detail + ".")
                .jsonPath("$.errors.length()")
                .isEqualTo(1)
                .jsonPath("$.errors[0].parameter")
                .isEqualTo(parameter)
                .jsonPath("$.errors[0].pointer")
                .doesNotExist()
                .jsonPath("$.errors[0].detail")
                .isEqualTo(detail);
        assertThat(STATUS.requests(user)).isEmpty();
    }

    @Test
    void passesTheStatusServicesOwnRefusalOn() {
        STATUS.script(user, _ -> Answer.json(400, Map.of("detail", "Parameter 'marker' is no marker of ours")));
        get("/restore/jobs?marker=abc")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:vm-restore:problem:invalid-request")
                .jsonPath("$.detail")
                .isEqualTo("Parameter 'marker' is no marker of ours");
    }

    @Test
    void passesTheStatusServicesFieldErrorsOn() {
        STATUS.script(
                user,
                _ -> Answer.json(
                        400,
                        Map.of("errors", List.of(Map.of("parameter", "marker", "detail", "is no marker of ours")))));
        get("/restore/jobs?marker=abc")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("Parameter marker is no marker of ours.")
                .jsonPath("$.errors[0].parameter")
                .isEqualTo("marker");
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
        "500, 503, status-store-unavailable",
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
