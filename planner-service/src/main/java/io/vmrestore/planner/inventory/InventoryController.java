package io.vmrestore.planner.inventory;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.support.access.CurrentReach;
import io.vmrestore.support.access.Reach;
import io.vmrestore.support.api.ProjectList;
import io.vmrestore.support.api.RestorePointList;
import io.vmrestore.support.api.SnapshotList;
import io.vmrestore.support.api.VmList;
import io.vmrestore.support.trace.RequestIdFilter;
import io.vmrestore.survey.SurveyException;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Answers {@link io.vmrestore.support.api.InventoryApi}. What cannot be told is answered with 422 and the contract's
 * {@link Failure}, of which the gateway makes a problem for its clients. An unforeseen exception is a fault of ours and
 * told as one, see {@link PlannerErrors}.
 */
@RestController
class InventoryController {
    private final Inventory inventory;
    private final Scheduler scheduler;

    InventoryController(Inventory inventory, Scheduler inventoryScheduler) {
        this.inventory = inventory;
        this.scheduler = inventoryScheduler;
    }

    @GetMapping("/internal/projects")
    Mono<ProjectList> projects(ServerWebExchange exchange) {
        return answer(exchange, (reach, requestId) -> inventory.projects(reach, requestId));
    }

    @GetMapping("/internal/projects/{projectId}/vms")
    Mono<VmList> vms(@PathVariable String projectId, ServerWebExchange exchange) {
        String project = Asked.id("projectId", projectId);
        return answer(exchange, (reach, requestId) -> inventory.vms(project, reach, requestId));
    }

    @GetMapping("/internal/snapshots")
    Mono<SnapshotList> snapshots(@RequestParam("tenant_name") String tenantName, ServerWebExchange exchange) {
        String tenant = Asked.name("tenant_name", tenantName);
        return answer(exchange, (reach, requestId) -> inventory.snapshots(tenant, reach, requestId));
    }

    @GetMapping("/internal/vms/{vmId}/restore-points")
    Mono<RestorePointList> restorePoints(
            @PathVariable String vmId, @RequestParam("project_id") String projectId, ServerWebExchange exchange) {
        String vm = Asked.id("vmId", vmId);
        String project = Asked.id("project_id", projectId);
        return answer(exchange, (reach, requestId) -> inventory.restorePoints(project, vm, reach, requestId));
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.UNPROCESSABLE_CONTENT)
    Failure impossible(SurveyException impossible) {
        return impossible.failure();
    }

    private <T> Mono<T> answer(ServerWebExchange exchange, Reading<T> reading) {
        // In lower case, as OpenStack's own ids are.
        String requestId = RequestIdFilter.of(exchange).toLowerCase(Locale.ROOT);
        return CurrentReach.get()
                .flatMap(reach -> Mono.fromCallable(() -> {
                            try {
                                return reading.by(reach, requestId);
                            } catch (InterruptedException clientGone) {
                                // Nobody listens any more, so this is no error to be told.
                                return null;
                            }
                        })
                        .subscribeOn(scheduler));
    }

    /** Reads for somebody what they may see of the cloud, in calls that carry a request id. */
    @FunctionalInterface
    private interface Reading<T> {
        T by(Reach reach, String requestId) throws InterruptedException;
    }
}
