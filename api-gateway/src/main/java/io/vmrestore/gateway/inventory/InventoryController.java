package io.vmrestore.gateway.inventory;

import io.vmrestore.gateway.access.Caller;
import io.vmrestore.gateway.access.Hidden;
import io.vmrestore.gateway.http.Checks;
import io.vmrestore.gateway.http.Parameters;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
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
    Mono<ObjectNode> projects(@AuthenticationPrincipal Caller caller) {
        return planner.projects().map(list -> seen(list, caller));
    }

    @GetMapping("/restore/projects/{project_id}/vms")
    Mono<ObjectNode> vms(
            @PathVariable("project_id") String projectId,
            @AuthenticationPrincipal Caller caller,
            ServerWebExchange exchange) {
        Parameters parameters = parameters(exchange);
        String project = parameters.idInPath("project_id", projectId, Checks::projectId);
        parameters.check();
        requireSeen(project, caller);
        return planner.vms(project);
    }

    @GetMapping("/restore/snapshots")
    Mono<ObjectNode> snapshots(@AuthenticationPrincipal Caller caller, ServerWebExchange exchange) {
        Parameters parameters = parameters(exchange);
        String tenant = parameters.required("tenant_name", name -> Checks.name(name, LONGEST_NAME));
        parameters.check();
        return planner.snapshots(tenant).doOnNext(list -> {
            if (!caller.sees(list.path("project").path("id").asString(""))) {
                throw Hidden.tenant(tenant).asException();
            }
        });
    }

    @GetMapping({"/restore/vm/{vm_id}/restore-points", "/restore/vms/{vm_id}/restore-points"})
    Mono<ObjectNode> restorePoints(
            @PathVariable("vm_id") String vmId, @AuthenticationPrincipal Caller caller, ServerWebExchange exchange) {
        Parameters parameters = parameters(exchange);
        String vm = parameters.idInPath("vm_id", vmId, Checks::uuid);
        String project = Checks.canonicalId(parameters.required("project_id", Checks::projectId));
        parameters.check();
        requireSeen(project, caller);
        return planner.restorePoints(vm, project);
    }

    private static void requireSeen(String projectId, Caller caller) {
        if (!caller.sees(projectId)) {
            throw Hidden.project(projectId).asException();
        }
    }

    /** The list without the projects that the caller does not see. */
    private static ObjectNode seen(ObjectNode list, Caller caller) {
        if (list.path("projects") instanceof ArrayNode projects) {
            projects.removeIf(project -> !caller.sees(project.path("id").asString("")));
        }
        return list;
    }

    private static Parameters parameters(ServerWebExchange exchange) {
        return new Parameters(exchange.getRequest().getQueryParams());
    }
}
