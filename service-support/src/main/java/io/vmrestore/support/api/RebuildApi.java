package io.vmrestore.support.api;

import org.springframework.http.MediaType;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Has the tables of status-service folded anew. The gateway passes what is answered on unread. */
@HttpExchange(url = "/internal/rebuild", accept = MediaType.APPLICATION_JSON_VALUE)
public interface RebuildApi {

    /** Begins, or answers the run that is at work already. */
    @PostExchange
    Mono<ObjectNode> begin();

    /** The run that began last; 404 of kind {@code not-found} if there was none. */
    @GetExchange
    Mono<ObjectNode> newest();
}
