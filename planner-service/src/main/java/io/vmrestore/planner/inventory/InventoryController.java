package io.vmrestore.planner.inventory;

import io.vmrestore.common.contract.Failure;
import io.vmrestore.support.api.ProjectList;
import io.vmrestore.support.api.RestorePointList;
import io.vmrestore.support.api.SnapshotList;
import io.vmrestore.support.api.VmList;
import io.vmrestore.survey.SurveyException;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The internal HTTP interface that the gateway reads the inventory from. What cannot be told is answered with 422 and
 * the contract's {@link Failure}, of which the gateway makes a problem for its clients.
 */
@RestController
class InventoryController {
    private static final String REQUEST_ID = "X-Openstack-Request-Id";
    private static final Pattern VALID_REQUEST_ID =
            Pattern.compile("req-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final Inventory inventory;
    private final Scheduler scheduler;

    InventoryController(Inventory inventory, Scheduler inventoryScheduler) {
        this.inventory = inventory;
        this.scheduler = inventoryScheduler;
    }

    @GetMapping("/internal/projects")
    Mono<ProjectList> projects(@RequestHeader(name = REQUEST_ID, required = false) @Nullable String requestId) {
        return answer(() -> inventory.projects(usable(requestId)));
    }

    @GetMapping("/internal/projects/{projectId}/vms")
    Mono<VmList> vms(
            @PathVariable String projectId,
            @RequestHeader(name = REQUEST_ID, required = false) @Nullable String requestId) {
        return answer(() -> inventory.vms(projectId, usable(requestId)));
    }

    @GetMapping("/internal/snapshots")
    Mono<SnapshotList> snapshots(
            @RequestParam("tenant_name") String tenantName,
            @RequestHeader(name = REQUEST_ID, required = false) @Nullable String requestId) {
        return answer(() -> inventory.snapshots(tenantName, usable(requestId)));
    }

    @GetMapping("/internal/vms/{vmId}/restore-points")
    Mono<RestorePointList> restorePoints(
            @PathVariable String vmId,
            @RequestParam("project_id") String projectId,
            @RequestHeader(name = REQUEST_ID, required = false) @Nullable String requestId) {
        return answer(() -> inventory.restorePoints(projectId, vmId, usable(requestId)));
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.UNPROCESSABLE_CONTENT)
    Failure impossible(SurveyException impossible) {
        return impossible.failure();
    }

    private <T> Mono<T> answer(Callable<T> reading) {
        return Mono.fromCallable(() -> {
                    try {
                        return reading.call();
                    } catch (InterruptedException clientGone) {
                        // Nobody listens any more, so this is no error to be told.
                        return null;
                    }
                })
                .subscribeOn(scheduler);
    }

    private static String usable(@Nullable String requestId) {
        String sent = requestId == null ? "" : requestId.toLowerCase(Locale.ROOT);
        return VALID_REQUEST_ID.matcher(sent).matches() ? sent : "req-" + UUID.randomUUID();
    }
}
