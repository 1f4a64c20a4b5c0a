package io.vmrestore.status.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.status.store.BatchWriter;
import io.vmrestore.status.store.JobChange;
import io.vmrestore.status.store.LogPosition;
import io.vmrestore.status.store.StoredJob;
import io.vmrestore.status.testing.HttpProbe;
import io.vmrestore.status.testing.RestoreLife;
import io.vmrestore.status.testing.StatusService;
import io.vmrestore.status.testing.Tokens;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * Every role at every internal endpoint, held on the project that the answer is about, on another one, everywhere and
 * nowhere: what the gateway lets through by mistake is not told here either.
 */
class ProjectMatrixTest {
    private static final RestoreLife LIFE = RestoreLife.smooth(new Random().nextLong());
    private static final String PROJECT = LIFE.lastState().request().projectId();

    private final StatusService service = StatusService.shared();

    /** Where the caller's role is held. */
    private enum Place {
        EVERYWHERE,
        OWN,
        OTHER,
        SEVERAL,
        NOWHERE
    }

    private enum Row {
        JOBS("GET /internal/jobs"),
        JOB("GET /internal/jobs/{jobId}"),
        EVENTS("GET /internal/jobs/{job_id}/events"),
        CLAIM("POST /internal/claims"),
        PLAN("POST /internal/requests"),
        EXECUTE("POST /internal/requests"),
        ACTIVE("POST /internal/active"),
        REBUILD("GET /internal/rebuild"),
        BEGIN_REBUILD("POST /internal/rebuild");

        private final String endpoint;

        Row(String endpoint) {
            this.endpoint = endpoint;
        }
    }

    static Stream<Arguments> cells() {
        return Arrays.stream(Row.values())
                .filter(row -> row != Row.BEGIN_REBUILD)
                .flatMap(row -> Arrays.stream(Place.values())
                        .flatMap(place -> Arrays.stream(Role.values()).map(role -> Arguments.of(row, place, role))));
    }

    private Reach reach(Place place, Role role) {
        String other = "another-project";
        return switch (place) {
            case EVERYWHERE -> Reach.everywhere(role);
            case OWN -> Reach.within(PROJECT, role);
            case OTHER -> Reach.within(other, role);
            case SEVERAL -> new Reach(null, Map.of(other, Role.SUPERADMIN, PROJECT, role));
            case NOWHERE -> Reach.nowhere();
        };
    }

    @ParameterizedTest(name = "{0} by {2} of {1}")
    @MethodSource("cells")
    void answers(Row row, Place place, Role role) {
        HttpProbe http = new HttpProbe(service.port(), Tokens.of(reach(place, role)));
        boolean sees = place != Place.OTHER && place != Place.NOWHERE;
        boolean writes = role == Role.ADMIN || role == Role.SUPERADMIN;
        HttpResponse<String> answer = call(row, http);

        if (place == Place.NOWHERE) {
            assertThat(answer.statusCode()).isEqualTo(403);
            return;
        }
        switch (row) {
            case JOB, EVENTS -> assertThat(answer.statusCode()).isEqualTo(sees ? (row == Row.JOB ? 200 : 204) : 404);
            case JOBS -> {
                JsonNode page = HttpProbe.json(answer);
                assertThat(page.path("count").asLong()).isEqualTo(sees ? 1 : 0);
                assertThat(page.path("jobs").size()).isEqualTo(sees ? 1 : 0);
            }
            case CLAIM -> assertThat(answer.statusCode()).isEqualTo(writes || place == Place.SEVERAL ? 200 : 403);
            case PLAN, ACTIVE -> {
                // Whoever may write nowhere is refused before the project is looked at.
                int without = place == Place.SEVERAL || (writes && place == Place.OTHER) ? 404 : 403;
                assertThat(answer.statusCode()).isEqualTo(writes && sees ? 200 : without);
            }
            case EXECUTE -> {
                if (!writes && place != Place.SEVERAL) {
                    assertThat(answer.statusCode()).isEqualTo(403);
                } else {
                    JsonNode told = HttpProbe.json(answer);
                    assertThat(told.path("job").isObject()).isEqualTo(sees);
                    assertThat(told.path("admitted").asBoolean()).isFalse();
                }
            }
            case REBUILD, BEGIN_REBUILD ->
                assertThat(answer.statusCode() == 403).isEqualTo(role != Role.SUPERADMIN || place != Place.EVERYWHERE);
        }
    }

    private HttpResponse<String> call(Row row, HttpProbe http) {
        String claim = "{\"digest\":\"" + "0".repeat(64) + "\",\"subject_id\":\"" + LIFE.jobId()
                + "\",\"claimed_at\":\"2026-11-22T18:30:00Z\",\"expires_at\":\"2026-11-22T18:31:00Z\"}";
        String limits = ",\"limits\":{\"active\":1000000,\"active_per_project\":1000000},\"accepted\":[]}";
        return switch (row) {
            case JOBS -> http.get("/internal/jobs?with_count=true&vm_id=" + LIFE.vmId());
            case JOB -> http.get("/internal/jobs/" + LIFE.jobId());
            case EVENTS -> http.get("/internal/jobs/" + LIFE.jobId() + "/events", "9999999");
            case CLAIM ->
                http.postAsync("/internal/claims", claim.replace("{\"digest", "{\"key\":\"k\",\"digest"))
                        .join();
            case PLAN ->
                http.postAsync(
                                "/internal/requests",
                                "{\"claim\":" + claim + ",\"project_id\":\"" + PROJECT + "\"" + limits)
                        .join();
            case EXECUTE ->
                http.postAsync(
                                "/internal/requests",
                                "{\"claim\":" + claim + ",\"plan_id\":\"" + LIFE.jobId() + "\"" + limits)
                        .join();
            case ACTIVE ->
                http.postAsync("/internal/active", "{\"project_id\":\"" + PROJECT + "\",\"accepted\":[]}")
                        .join();
            case REBUILD -> http.get("/internal/rebuild");
            case BEGIN_REBUILD -> http.postAsync("/internal/rebuild", "").join();
        };
    }

    @Test
    void nobodyButAnOperatorBeginsARebuild() {
        for (Place place : List.of(Place.OWN, Place.OTHER, Place.SEVERAL, Place.NOWHERE)) {
            HttpProbe http = new HttpProbe(service.port(), Tokens.of(reach(place, Role.SUPERADMIN)));
            assertThat(call(Row.BEGIN_REBUILD, http).statusCode())
                    .as("%s", place)
                    .isEqualTo(403);
        }
    }

    @Test
    void aTokenThatDoesNotSayWhatItReachesReachesNothing() {
        HttpProbe http = new HttpProbe(service.port(), Tokens.withoutReach("superadmin"));
        for (Row row : Row.values()) {
            assertThat(call(row, http).statusCode()).as("%s", row).isEqualTo(403);
        }
    }

    @Test
    void hasARowForEveryEndpoint() {
        Set<String> rows = new TreeSet<>();
        Arrays.stream(Row.values()).forEach(row -> rows.add(row.endpoint));
        Set<String> routes = new TreeSet<>();
        service.bean(RequestMappingHandlerMapping.class).getHandlerMethods().forEach((mapping, method) -> {
            if (method.getBeanType().getPackageName().startsWith("io.vmrestore")) {
                mapping.getPatternsCondition()
                        .getPatterns()
                        .forEach(pattern -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(verb -> routes.add(verb + " " + pattern.getPatternString())));
            }
        });
        assertThat(rows).isEqualTo(routes);
    }

    @BeforeAll
    static void store() {
        new BatchWriter(StatusService.shared().database().client())
                .write(
                        List.of(JobChange.first(null, new StoredJob(LIFE.lastState(), new LogPosition(0, -1)))),
                        List.of(),
                        List.of())
                .block();
    }
}
