package io.vmrestore.gateway.jobs;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Failure;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.gateway.http.Checks;
import io.vmrestore.support.problem.FieldError;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A restore as the status service tells it. Clients get its JSON unchanged; the gateway itself reads only what it must
 * decide by.
 */
public final class Job {
    /** Names of the actions that are one; an action that only a later release knows is none. */
    private static final Set<String> POINTS_OF_NO_RETURN = Arrays.stream(Action.values())
            .filter(Action::pointOfNoReturn)
            .map(Action::wireName)
            .collect(Collectors.toUnmodifiableSet());

    private final ObjectNode json;

    public Job(ObjectNode json) {
        this.json = json;
    }

    /** The problem that there is no such restore. */
    public static Problem unknown(UUID id) {
        return Problem.of(ProblemKind.JOB_NOT_FOUND, "There is no restore job " + id + ".")
                .with("job_id", id);
    }

    /**
     * The id that a path names.
     *
     * @throws io.vmrestore.support.problem.ProblemException 400 if it is none
     */
    public static UUID id(String text) {
        Checks.uuid(text).ifPresent(wrong -> {
            throw Problem.of(ProblemKind.INVALID_REQUEST, List.of(FieldError.ofParameter("job_id", wrong)))
                    .asException();
        });
        return UUID.fromString(text);
    }

    /** The whole document, for the client. */
    public ObjectNode json() {
        return json;
    }

    public UUID id() {
        return UUID.fromString(text("job_id"));
    }

    public String vmId() {
        return text("vm_id");
    }

    public String projectId() {
        return text("project_id");
    }

    public JobStatus status() {
        return JobStatus.valueOf(text("status"));
    }

    public RestoreMode mode() {
        return RestoreMode.valueOf(text("mode"));
    }

    /** Grows with every event that changes the restore. */
    public long version() {
        return json.path("version").asLong();
    }

    public boolean hasPlan() {
        return json.path("plan").isObject();
    }

    public boolean eligible() {
        return json.path("plan").path("eligible").asBoolean(false);
    }

    /** Why the plan may not be executed. */
    public List<String> reasons() {
        return json.path("plan").path("reasons").values().stream()
                .map(reason -> reason.asString(""))
                .toList();
    }

    /** The name of the VM that was planned for, as the confirmation of a REPLACE must spell it. */
    public String serverName() {
        return json.path("plan").path("server").path("name").asString("");
    }

    /** The request to execute that dispatch is following or has followed. */
    public Optional<UUID> executionId() {
        return id(json.path("execution"));
    }

    /** The request to execute that dispatch refused last. */
    public Optional<UUID> refusedExecutionId() {
        return id(json.path("refusal"));
    }

    public String refusalReason() {
        return json.path("refusal").path("reason").asString("");
    }

    /** Whether dispatch is following a request to cancel, or has followed one. */
    public boolean cancelling() {
        return json.path("cancellation").isObject();
    }

    /** Whether dispatch follows or has followed the request to cancel that this caller made at this time. */
    public boolean cancelledBy(String caller, Instant at) {
        JsonNode cancellation = json.path("cancellation");
        return cancellation.path("requested_by").asString("").equals(caller)
                && Instant.parse(cancellation.path("requested_at").asString()).equals(at);
    }

    /** Whether this caller gave the restore up at this time. */
    public boolean interruptedBy(String caller, Instant at) {
        JsonNode interruption = json.path("interruption");
        return interruption.path("requested_by").asString("").equals(caller)
                && Instant.parse(interruption.path("at").asString()).equals(at);
    }

    /**
     * Whether the deletion of the original VM has been commanded. From then on a restore that replaces it can only go
     * on, because stopping would leave nobody a VM.
     */
    public boolean pastPointOfNoReturn() {
        return json.path("steps").values().stream()
                .anyMatch(
                        step -> POINTS_OF_NO_RETURN.contains(step.path("action").asString(""))
                                && step.path("attempt").asInt(0) > 0);
    }

    public Optional<Failure> failure() {
        JsonNode failure = json.path("failure");
        return failure.isObject() ? Optional.of(Json.MAPPER.treeToValue(failure, Failure.class)) : Optional.empty();
    }

    /** The restore is in a state in which the request makes no sense. */
    public Problem wrongState(String detail) {
        return Problem.of(ProblemKind.WRONG_STATE, detail).with("job_id", id()).with("job_status", status());
    }

    private static Optional<UUID> id(JsonNode node) {
        JsonNode id = node.path("execution_id");
        return id.isString() ? Optional.of(UUID.fromString(id.stringValue())) : Optional.empty();
    }

    private String text(String field) {
        return json.path(field).asString("");
    }
}
