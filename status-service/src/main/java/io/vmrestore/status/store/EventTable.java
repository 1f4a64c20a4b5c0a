package io.vmrestore.status.store;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.codec.Json;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRefused;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.PlanRejected;
import io.vmrestore.common.contract.RestoreEvent.RedriveRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreCancelled;
import io.vmrestore.common.contract.RestoreEvent.RestoreCompleted;
import io.vmrestore.common.contract.RestoreEvent.RestoreDryRun;
import io.vmrestore.common.contract.RestoreEvent.RestoreFailed;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreStarted;
import io.vmrestore.common.contract.RestoreEvent.RollbackStarted;
import io.vmrestore.common.contract.RestoreEvent.StepEvent;
import io.vmrestore.common.contract.RestoreEvent.StepSkipped;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code restore_job_events}: what happened to each restore, in the form in which clients read it. */
final class EventTable {
    /** Rows never change: the version is part of the key, so none is newer than the one there is. */
    static final Upsert INSERT = Upsert.of(
            "restore_job_events",
            List.of("job_id", "version"),
            List.of(
                    Column.of("job_id", "uuid", "/job_id"),
                    Column.of("version", "bigint", "/version"),
                    Column.of("event_id", "text", "/event_id"),
                    Column.of("type", "text", "/type"),
                    Column.of("data", "json", "/data")));

    private record Row(UUID jobId, long version, String eventId, String type, Object data) {}

    private EventTable() {}

    /** What the row of an event holds. */
    static ObjectNode document(AppliedEvent applied) {
        RestoreEvent event = applied.event();
        return StoredJson.object(
                new Row(event.jobId(), applied.version(), event.id(), EventCodec.typeName(event.type()), shown(event)));
    }

    /** The event without what only executors need. Each type is named, so that a new one is thought about. */
    private static Object shown(RestoreEvent event) {
        return switch (event) {
            case PlanCreated created -> {
                ObjectNode json = Json.MAPPER.valueToTree(created);
                json.set("plan", PublicPlan.of(created.plan()));
                yield json;
            }
            case RestoreRequested _,
                    PlanRejected _,
                    ExecutionRequested _,
                    ExecutionRefused _,
                    RestoreStarted _,
                    StepEvent _,
                    StepSkipped _,
                    CancellationRequested _,
                    RedriveRequested _,
                    RollbackStarted _,
                    RestoreCompleted _,
                    RestoreFailed _,
                    RestoreCancelled _,
                    RestoreInterrupted _,
                    RestoreDryRun _ -> event;
        };
    }
}
