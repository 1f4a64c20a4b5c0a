package io.vmrestore.status.rebuild;

import io.vmrestore.status.problem.Refusals;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The internal HTTP interface by which the tables are folded anew. */
@RestController
class RebuildController {
    private final Rebuilder rebuilder;
    private final RebuildStore runs;

    RebuildController(Rebuilder rebuilder, RebuildStore runs) {
        this.rebuilder = rebuilder;
        this.runs = runs;
    }

    /** Begins, or answers the run that is at work already. */
    @PostMapping("/internal/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<Rebuild> begin(@AuthenticationPrincipal Jwt token) {
        String caller = token.getSubject();
        if (caller == null) {
            throw Refusals.unauthenticated("The token names nobody (claim sub)").asException();
        }
        return rebuilder.begin(caller);
    }

    /** The run that began last. */
    @GetMapping("/internal/rebuild")
    Mono<Rebuild> newest() {
        return runs.newest()
                .switchIfEmpty(Mono.error(() -> Problem.of(ProblemKind.NOT_FOUND, "The tables were never folded anew")
                        .asException()));
    }
}
