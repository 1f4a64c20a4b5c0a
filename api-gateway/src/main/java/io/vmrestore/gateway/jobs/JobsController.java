package io.vmrestore.gateway.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.gateway.access.Caller;
import io.vmrestore.gateway.http.Preference;
import io.vmrestore.support.api.JobListParameter;
import io.vmrestore.support.api.JobPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads of restores: the list, and one in full. */
@RestController
final class JobsController {
    private final StatusService status;

    JobsController(StatusService status) {
        this.status = status;
    }

    /** @param count jobs on all pages; absent unless asked for */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record JobList(
            JsonNode jobs, List<Link> links, @Nullable Long count) {}

    record Link(String rel, String href) {}

    @GetMapping("/restore/jobs")
    Mono<JobList> list(ServerWebExchange exchange) {
        MultiValueMap<String, String> filters =
                JobFilters.read(exchange.getRequest().getQueryParams());
        return Caller.current()
                .flatMap(caller -> seen(filters, caller).map(status::jobs).orElseGet(() -> Mono.just(nothing(filters))))
                .map(page -> answer(page, filters));
    }

    /** What to ask for, so that also the count is of what the caller sees; empty if that is nothing. */
    private static Optional<MultiValueMap<String, String>> seen(MultiValueMap<String, String> filters, Caller caller) {
        String name = JobListParameter.PROJECT_ID.wireName();
        @Nullable String wanted = filters.getFirst(name);
        Set<String> projects = caller.reach().projects().keySet();
        if (caller.reach().seesAll() || (wanted == null && projects.size() > 1)) {
            return Optional.of(filters);
        }
        if (wanted != null || projects.isEmpty()) {
            return wanted != null && caller.sees(wanted) ? Optional.of(filters) : Optional.empty();
        }
        MultiValueMap<String, String> own = new LinkedMultiValueMap<>(filters);
        own.set(name, projects.iterator().next());
        return Optional.of(own);
    }

    private static JobPage<JsonNode> nothing(MultiValueMap<String, String> filters) {
        boolean counted = "true".equals(filters.getFirst(JobListParameter.WITH_COUNT.wireName()));
        return new JobPage<>(Json.MAPPER.createArrayNode(), null, counted ? 0L : null);
    }

    @GetMapping("/restore/jobs/{job_id}")
    Mono<ResponseEntity<ObjectNode>> one(@PathVariable("job_id") String jobId, ServerWebExchange exchange) {
        UUID id = Job.id(jobId);
        Preference preference = Preference.of(exchange.getRequest().getHeaders().getOrEmpty("Prefer"), Duration.ZERO);
        List<String> tags = exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.IF_NONE_MATCH);
        // Who has any version has the next one, too.
        boolean any = JobTag.any(tags);
        return status.job(id, any ? new JobWait.Not() : wait(preference, JobTag.version(id, tags)))
                .switchIfEmpty(Mono.error(() -> Job.unknown(id).asException()))
                .map(job -> answer(job, any ? HttpStatus.NOT_MODIFIED : HttpStatus.OK, preference));
    }

    private static JobWait wait(Preference preference, OptionalLong known) {
        Duration limit = preference.longestWait();
        if (limit.isZero()) {
            return new JobWait.Not();
        }
        return known.isPresent() ? new JobWait.UntilChanged(known.getAsLong(), limit) : new JobWait.UntilEnded(limit);
    }

    private static ResponseEntity<ObjectNode> answer(Job job, HttpStatus status, Preference preference) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status)
                .eTag(JobTag.of(job.id(), job.version()))
                // May be kept, but must be asked about: with If-None-Match an unchanged job costs no body.
                .cacheControl(CacheControl.noCache().cachePrivate());
        if (job.status() == JobStatus.PLANNING || job.status().active()) {
            answer.header(HttpHeaders.RETRY_AFTER, "1");
        }
        preference.applied().ifPresent(applied -> answer.header("Preference-Applied", applied));
        return status == HttpStatus.NOT_MODIFIED ? answer.build() : answer.body(job.json());
    }

    private static JobList answer(JobPage<JsonNode> page, MultiValueMap<String, String> filters) {
        List<Link> links =
                page.nextMarker() == null ? List.of() : List.of(new Link("next", nextPage(filters, page.nextMarker())));
        return new JobList(page.jobs(), links, page.count());
    }

    private static String nextPage(MultiValueMap<String, String> filters, String marker) {
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>(filters);
        parameters.set(JobListParameter.MARKER.wireName(), marker);
        UriComponentsBuilder next = UriComponentsBuilder.fromPath("/restore/jobs");
        List<String> values = new ArrayList<>();
        parameters.forEach((name, several) -> several.forEach(value -> {
            next.queryParam(name, "{value}");
            values.add(value);
        }));
        return next.encode().buildAndExpand(values.toArray()).toUriString();
    }
}
