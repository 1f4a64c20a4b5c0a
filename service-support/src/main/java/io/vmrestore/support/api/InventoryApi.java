package io.vmrestore.support.api;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * What planner-service tells api-gateway of what there is to restore. The gateway passes the documents on unread, so
 * that a field of a newer planner-service reaches clients. What cannot be told is answered with 422 and a
 * {@link io.vmrestore.common.contract.Failure}.
 */
@HttpExchange(url = "/internal", accept = MediaType.APPLICATION_JSON_VALUE)
public interface InventoryApi {

    /** All projects: a {@link ProjectList}. */
    @GetExchange("/projects")
    Mono<ObjectNode> projects();

    /** The VMs of a project: a {@link VmList}. */
    @GetExchange("/projects/{project_id}/vms")
    Mono<ObjectNode> vms(@PathVariable("project_id") String projectId);

    /** The snapshots of a project that a VM can be restored to: a {@link SnapshotList}. */
    @GetExchange("/snapshots")
    Mono<ObjectNode> snapshots(@RequestParam("tenant_name") String tenantName);

    /** The restore points of a VM: a {@link RestorePointList}. */
    @GetExchange("/vms/{vm_id}/restore-points")
    Mono<ObjectNode> restorePoints(@PathVariable("vm_id") String vmId, @RequestParam("project_id") String projectId);
}
