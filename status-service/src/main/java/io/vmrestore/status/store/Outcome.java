package io.vmrestore.status.store;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The column {@code result_json}: the fields of the result, with the leftovers as one more field. */
final class Outcome {
    /** Where it stands in the JSON of a restore to be written. */
    static final String PLACE = "/outcome";

    private static final String OUTCOME = PLACE.substring(1);
    private static final String RESULT = "result";
    private static final String LEFTOVERS = "leftovers";

    private Outcome() {}

    /** Puts result and leftovers of a restore together; nothing where it has neither. */
    static ObjectNode joined(ObjectNode job) {
        JsonNode leftovers = job.path(LEFTOVERS);
        if (job.path(RESULT).isObject() || !leftovers.isEmpty()) {
            ObjectNode outcome = job.path(RESULT) instanceof ObjectNode result ? result.deepCopy() : job.objectNode();
            job.set(OUTCOME, outcome.set(LEFTOVERS, leftovers));
        }
        return job;
    }

    /** Takes them apart again. */
    static ObjectNode parted(ObjectNode job) {
        JsonNode leftovers = job.arrayNode();
        if (job.remove(OUTCOME) instanceof ObjectNode outcome) {
            leftovers = outcome.remove(LEFTOVERS);
            job.set(RESULT, outcome.isEmpty() ? job.nullNode() : outcome);
        }
        job.set(LEFTOVERS, leftovers);
        return job;
    }
}
