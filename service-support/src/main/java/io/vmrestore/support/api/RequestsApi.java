package io.vmrestore.support.api;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import reactor.core.publisher.Mono;

/** By which gateways agree on what a repeated request stands for, and on whether there is room for another restore. */
@HttpExchange(url = "/internal", accept = MediaType.APPLICATION_JSON_VALUE)
public interface RequestsApi {

    /**
     * Answers the claim that holds: the one sent if the caller has none under this key, otherwise the first. A claim
     * that is sent again as admitted, with its own subject_id, is admitted from then on.
     */
    @PostExchange("/claims")
    Mono<RequestClaim> claim(@RequestBody RequestClaim wanted);

    /**
     * Takes in a request for a plan or an execution: what it stands for, the job that shows it, and whether there is
     * room for it. If there is, a claim with a key is admitted from then on.
     */
    @PostExchange("/requests")
    Mono<AdmissionAnswer> admit(@RequestBody AdmissionQuestion question);
}
