package io.vmrestore.gateway.inventory;

import io.vmrestore.gateway.http.Checks;
import io.vmrestore.gateway.http.Parameters;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Reads of what there is to restore: projects, their VMs and snapshots, and a VM's restore points. */
@RestController
final class InventoryController {
    private static final int LONGEST_NAME = 255;

    private final PlannerService planner;

    InventoryController(PlannerService planner) {
        this.planner = planner;
    }

    @GetMapping("/restore/projects")
    Mono<ObjectNode> projects() {
        return planner.projects();
    }

    @GetMapping("/restore/projects/{project_id}/vms")
    Mono<ObjectNode> vms(@PathVariable("project_id") String projectId, ServerWebExchange exchange) {
        Parameters parameters = parameters(exchange);
        String project = parameters.idInPath("project_id", projectId, Checks::projectId);
        parameters.check();
        return planner.vms(project);
    }

    @GetMapping("/restore/snapshots")
    Mono<ObjectNode> snapshots(ServerWebExchange exchange) {
        Parameters parameters = parameters(exchange);
        String tenant = parameters.required("tenant_name", name -> Checks.name(name, LONGEST_NAME));
        parameters.check();
        return planner.snapshots(tenant);
    }

    @GetMapping({"/restore/vm/{vm_id}/restore-points", "/restore/vms/{vm_id}/restore-points"})
    Mono<ObjectNode> restorePoints(@PathVariable("vm_id") String vmId, ServerWebExchange exchange) {
        Parameters parameters = parameters(exchange);
        String vm = parameters.idInPath("vm_id", vmId, Checks::uuid);
        String project = Checks.canonicalId(parameters.required("project_id", Checks::projectId));
        parameters.check();
        return planner.restorePoints(vm, project);
    }

    private static Parameters parameters(ServerWebExchange exchange) {
        return new Parameters(exchange.getRequest().getQueryParams());
    }
}
