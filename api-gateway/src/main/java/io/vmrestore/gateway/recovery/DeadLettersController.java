package io.vmrestore.gateway.recovery;

import io.vmrestore.common.codec.DeadLetter;
import io.vmrestore.gateway.access.Caller;
import io.vmrestore.gateway.recovery.DeadLetterRedrive.Redriven;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Records that could not be used: what they are, and sending them back once the cause is gone. */
@RestController
final class DeadLettersController {
    private final DeadLetterRedrive letters;

    DeadLettersController(DeadLetterRedrive letters) {
        this.letters = letters;
    }

    /** @param more whether there are more than are named */
    record Letters(List<DeadLetter> deadLetters, boolean more) {}

    record Outcomes(List<Redriven> deadLetters) {}

    @GetMapping("/restore/operations/dead-letters")
    Mono<Letters> list() {
        return letters.list().map(listing -> new Letters(listing.letters(), listing.more()));
    }

    @PostMapping(path = "/restore/operations/dead-letters/redrive", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Outcomes> redrive(
            @RequestBody(required = false) byte @Nullable [] body, @AuthenticationPrincipal Caller caller) {
        return letters.redrive(DeadLetterRequest.read(body).ids(), caller.name())
                .map(Outcomes::new);
    }
}
