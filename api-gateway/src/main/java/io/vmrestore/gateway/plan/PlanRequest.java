package io.vmrestore.gateway.plan;

import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.gateway.http.Checks;
import io.vmrestore.gateway.http.Fields;
import io.vmrestore.support.problem.FieldError;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemKind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /restore/plan}.
 *
 * @param meaning {@link Fields#meaning}, here and in other requests
 */
record PlanRequest(
        String projectId,
        String vmId,
        String restorePointId,
        RestoreMode mode,
        @Nullable String newVmName,
        IpStrategy ipStrategy,
        String meaning) {

    static PlanRequest read(byte @Nullable [] body) {
        Fields fields = new Fields(body);
        String projectId = fields.id("project_id", Checks::projectId);
        String vmId = fields.id("vm_id", Checks::uuid);
        String restorePointId = fields.id("restore_point_id", Checks::uuid);
        RestoreMode mode = fields.choice("mode", RestoreMode.class, RestoreMode.NEW);
        @Nullable String newVmName = fields.optional("new_vm_name", Checks::serverName);
        IpStrategy ipStrategy = fields.choice("ip_strategy", IpStrategy.class, IpStrategy.NEW_IPS);
        fields.check();
        requireSense(mode, newVmName);
        return new PlanRequest(projectId, vmId, restorePointId, mode, newVmName, ipStrategy, fields.meaning());
    }

    RestoreRequested asEvent(UUID jobId, Instant time, String requestedBy) {
        return new RestoreRequested(
                jobId, vmId, time, projectId, restorePointId, mode, newVmName, ipStrategy, requestedBy);
    }

    private static void requireSense(RestoreMode mode, @Nullable String newVmName) {
        if (mode == RestoreMode.REPLACE && newVmName != null) {
            throw Problem.of(
                            ProblemKind.IMPOSSIBLE_REQUEST,
                            List.of(FieldError.ofField(
                                    "new_vm_name", "is for mode NEW only: in REPLACE the VM keeps its name")))
                    .asException();
        }
    }
}
