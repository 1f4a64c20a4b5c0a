package io.vmrestore.gateway.recovery;

import io.vmrestore.gateway.http.Problem;
import io.vmrestore.gateway.http.ProblemKind;
import io.vmrestore.gateway.jobs.StatusService;
import java.net.URI;
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

    private final StatusService status;

    StatusRebuildController(StatusService status) {
        this.status = status;
    }

    @PostMapping(PATH)
    Mono<ResponseEntity<ObjectNode>> begin() {
        return status.beginRebuild()
                .map(run -> ResponseEntity.accepted()
                        .location(URI.create(PATH))
                        .header(HttpHeaders.RETRY_AFTER, "1")
                        .body(run));
    }

    @GetMapping(PATH)
    Mono<ObjectNode> newest() {
        return status.rebuild()
                .switchIfEmpty(Mono.error(() -> Problem.of(
                                ProblemKind.NOT_FOUND,
                                "The status tables were never rebuilt; POST to this path begins it.")
                        .asException()));
    }
}
