package io.vmrestore.common.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/** Names one attempt of one step of one job. Everything derived from it is the same on every machine. */
public record StepAddress(UUID jobId, String vmId, String projectId, int stepOrder, Action action, int attempt) {
    /** Metadata entry of servers and volumes that holds the mark of the step that made them. */
    public static final String MARK_KEY = "restore_mark";

    /** A port's name is this and the mark: tags in a port's create call are silently dropped. */
    public static final String PORT_NAME_PREFIX = "restore-";

    /** {@code job/step/attempt}: the id of the command, and the stem of the ids of the events that answer it. */
    public String id() {
        return jobId + "/" + stepOrder + "/" + attempt;
    }

    /** The request id that this attempt sends to every OpenStack service, {@code req-<uuid>}. */
    public String requestId() {
        return "req-" + UUID.nameUUIDFromBytes(id().getBytes(UTF_8));
    }

    /**
     * The mark that everything created by this step carries in its create call. It names job and step but not the
     * attempt, so that a later attempt finds what an earlier one made.
     */
    public String mark() {
        return jobId + "/" + stepOrder;
    }
}
