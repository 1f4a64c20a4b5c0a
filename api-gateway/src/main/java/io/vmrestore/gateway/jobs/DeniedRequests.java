package io.vmrestore.gateway.jobs;

import io.vmrestore.common.codec.Json;
import io.vmrestore.gateway.access.Caller;
import io.vmrestore.gateway.access.DeniedSubject;
import io.vmrestore.gateway.access.Hidden;
import io.vmrestore.gateway.http.Checks;
import io.vmrestore.support.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Which job, plan or project a request is about that lacks a permission, by its path or its body. */
@Component
final class DeniedRequests implements DeniedSubject {
    private static final List<PathPattern> OF_A_JOB = patterns("/restore/jobs/{job_id}/*", "/restore/cancel/{job_id}");
    private static final List<PathPattern> EXECUTE = patterns("/restore/execute");
    private static final List<PathPattern> PLAN = patterns("/restore/plan");

    /** As much as any request may send. */
    private static final int LARGEST_BODY = 64 * 1024;

    private final StatusService status;

    DeniedRequests(StatusService status) {
        this.status = status;
    }

    @Override
    public Mono<Problem> hidden(ServerWebExchange exchange, Caller caller) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        Optional<String> job = OF_A_JOB.stream()
                .flatMap(pattern -> Optional.ofNullable(pattern.matchAndExtract(path)).stream())
                .flatMap(found -> Optional.ofNullable(found.getUriVariables().get("job_id")).stream())
                .findFirst();
        if (job.isPresent()) {
            return unknownJob(job.get());
        }
        if (EXECUTE.getFirst().matches(path)) {
            return field(exchange, "plan_id").flatMap(this::unknownJob);
        }
        return PLAN.getFirst().matches(path)
                ? field(exchange, "project_id")
                        .filter(id -> Checks.projectId(id).isEmpty())
                        .map(Checks::canonicalId)
                        .filter(id -> !caller.sees(id))
                        .map(Hidden::project)
                : Mono.empty();
    }

    private Mono<Problem> unknownJob(String text) {
        if (Checks.uuid(text).isPresent()) {
            return Mono.empty();
        }
        UUID id = UUID.fromString(text);
        return status.job(id, new JobWait.Not())
                .map(_ -> Optional.<Problem>empty())
                .defaultIfEmpty(Optional.of(Job.unknown(id)))
                // Nobody can tell, so nothing is told of the job.
                .onErrorReturn(Optional.empty())
                .flatMap(Mono::justOrEmpty);
    }

    /** A text in the body, which nobody else reads any more. */
    private static Mono<String> field(ServerWebExchange exchange, String name) {
        return DataBufferUtils.join(exchange.getRequest().getBody(), LARGEST_BODY)
                .map(DeniedRequests::bytes)
                .mapNotNull(bytes -> json(bytes).path(name).stringValue(null))
                .onErrorComplete();
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return Json.MAPPER.readTree(bytes);
        } catch (JacksonException notJson) {
            return Json.MAPPER.missingNode();
        }
    }

    private static List<PathPattern> patterns(String... paths) {
        return List.of(paths).stream()
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
    }
}
