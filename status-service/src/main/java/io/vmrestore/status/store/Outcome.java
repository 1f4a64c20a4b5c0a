package io.vmrestore.status.store;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The column {@code result_json}: the fields of the result, with the leftovers as one more field. A restore that ended
 * without success has what it created and why it ended beside them, so that one column tells the end of every restore.
 */
final class Outcome {
    /** Where it stands in the JSON of a restore to be written. */
    static final String PLACE = "/outcome";

    private static final String OUTCOME = PLACE.substring(1);
    private static final String RESULT = "result";
    private static final String LEFTOVERS = "leftovers";
    private static final String CREATED = "created";
    private static final String FAILURE = "failure";

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

    /**
     * Adds the end of a restore that did not succeed.
     *
     * @param created what its steps have named, whatever became of it since
     */
    static ObjectNode ended(ObjectNode job, JsonNode created) {
        ObjectNode outcome = job.get(OUTCOME) instanceof ObjectNode known ? known : job.objectNode();
        outcome.set(LEFTOVERS, job.path(LEFTOVERS));
        outcome.set(CREATED, created);
        outcome.set(FAILURE, job.path(FAILURE));
        job.set(OUTCOME, outcome);
        return job;
    }

    /** Takes them apart again. */
    static ObjectNode parted(ObjectNode job) {
        JsonNode leftovers = job.arrayNode();
        if (job.remove(OUTCOME) instanceof ObjectNode outcome) {
            leftovers = outcome.remove(LEFTOVERS);
            outcome.remove(CREATED);
            outcome.remove(FAILURE);
            job.set(RESULT, outcome.isEmpty() ? job.nullNode() : outcome);
        }
        job.set(LEFTOVERS, leftovers);
        return job;
    }
}
