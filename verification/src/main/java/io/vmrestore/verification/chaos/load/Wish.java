package io.vmrestore.verification.chaos.load;

import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.RestoreMode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A restore that a client wants.
 *
 * @param number of the wish in this run, from 1
 * @param cancelAfterMillis after the execution was accepted; negative: never
 */
public record Wish(
        int number,
        String projectId,
        String vmId,
        String vmName,
        String snapshotId,
        RestoreMode mode,
        IpStrategy ipStrategy,
        Ending ending,
        int cancelAfterMillis) {

    /** How far the client wants to go. */
    public enum Ending {
        PLAN,
        EXECUTE,
        CANCEL
    }

    /** The body of the plan request. */
    Map<String, Object> planBody() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("project_id", projectId);
        body.put("vm_id", vmId);
        body.put("restore_point_id", snapshotId);
        body.put("mode", mode.name());
        body.put("ip_strategy", ipStrategy.name());
        if (mode == RestoreMode.NEW) {
            body.put("new_vm_name", "chaos-" + number);
        }
        return body;
    }

    /** The text that a client types to confirm that the VM is deleted. */
    String confirmation() {
        return "DELETE AND RESTORE " + vmName;
    }
}
