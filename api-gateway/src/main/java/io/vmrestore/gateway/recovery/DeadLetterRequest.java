package io.vmrestore.gateway.recovery;

import io.vmrestore.common.contract.Topics;
import io.vmrestore.gateway.http.Fields;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body of a request to send dead letters back. */
record DeadLetterRequest(List<String> ids) {
    /** Each is looked up in Kafka, and the client waits. */
    private static final int MOST_IDS = 100;

    static DeadLetterRequest read(byte @Nullable [] body) {
        Fields fields = new Fields(body);
        List<String> ids = fields.texts("ids", MOST_IDS, DeadLetterRequest::check);
        fields.check();
        return new DeadLetterRequest(ids);
    }

    private static Optional<String> check(String id) {
        return DeadLetterRedrive.isId(id)
                ? Optional.empty()
                : Optional.of("must be the id of a dead letter, such as " + Topics.deadLetter(Topics.EVENTS) + "/0/17");
    }
}
