package io.vmrestore.gateway.recovery;

import io.vmrestore.gateway.upstream.StatusUpstream;
import io.vmrestore.support.api.RebuildApi;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import java.net.URI;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Has the status tables folded anew from the event log, while restores and reads go on. */
@RestController
final class StatusRebuildController {
    private static final String PATH = "/restore/operations/status-rebuild";

    private final StatusUpstream service;
    private final RebuildApi rebuild;

    StatusRebuildController(StatusUpstream service) {
        this.service = service;
        this.rebuild = service.questions(RebuildApi.class);
    }

    @PostMapping(PATH)
    Mono<ResponseEntity<ObjectNode>> begin() {
        return service.told(rebuild.begin())
                .map(run -> ResponseEntity.accepted()
                        .location(URI.create(PATH))
                        .header(HttpHeaders.RETRY_AFTER, "1")
                        .body(run));
    }

    @GetMapping(PATH)
    Mono<ObjectNode> newest() {
        return service.told(rebuild.newest(), Duration.ZERO, ProblemKind.NOT_FOUND)
                .switchIfEmpty(Mono.error(() -> Problem.of(
                                ProblemKind.NOT_FOUND,
                                "The status tables were never rebuilt; POST to this path begins it.")
                        .asException()));
    }
}
