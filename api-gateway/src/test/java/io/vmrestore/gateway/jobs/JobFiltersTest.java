package io.vmrestore.gateway.jobs;

import static io.vmrestore.gateway.testing.RunningGateway.newUser;
import static io.vmrestore.gateway.testing.SharedGateway.STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.gateway.testing.Jobs;
import io.vmrestore.gateway.testing.SharedGateway;
import io.vmrestore.gateway.testing.StandInServer.Answer;
import io.vmrestore.support.access.Role;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.util.UriComponentsBuilder;

/** The list of restores: its filters and pages, and the answer to a wrong filter. */
class JobFiltersTest {
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

    @Test
    void takesSeveralStatesOfWhichAnyWillDo() {
        page(Map.of("next_marker", "m"));
        client.get()
                .uri("/restore/jobs?status=RUNNING&mode=NEW&status=PENDING&status=RUNNING")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.links[0].href")
                .value(
                        String.class,
                        next -> assertThat(UriComponentsBuilder.fromUriString(next)
                                        .build()
                                        .getQueryParams())
                                .isEqualTo(Map.of(
                                        "status", List.of("RUNNING", "PENDING"),
                                        "mode", List.of("NEW"),
                                        "limit", List.of("50"),
                                        "marker", List.of("m"))));
        assertThat(STATUS.requests(user).getFirst().parameters().get("status")).containsExactly("RUNNING", "PENDING");
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
                "status=RUNNING,PENDING | status | must be one of PLANNING, PLANNED, PENDING, RUNNING, COMPLETED,"
                        + " FAILED, CANCELLED, INTERRUPTED, DRY_RUN",
                "status=RUNNING&status=x&status=y | status | must be one of PLANNING, PLANNED, PENDING, RUNNING,"
                        + " COMPLETED, FAILED, CANCELLED, INTERRUPTED, DRY_RUN",
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
}
