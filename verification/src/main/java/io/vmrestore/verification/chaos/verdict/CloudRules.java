package io.vmrestore.verification.chaos.verdict;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.verification.chaos.verdict.Violation.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is in the cloud is what the jobs say, once. */
final class CloudRules {
    private final World world;
    private final Map<String, CloudResource> byId;
    private final List<Violation> found = new ArrayList<>();

    private CloudRules(World world) {
        this.world = world;
        this.byId = world.cloud().stream()
                .collect(Collectors.toMap(resource -> resource.type() + "/" + resource.id(), Function.identity()));
    }

    static List<Violation> check(World world) {
        CloudRules rules = new CloudRules(world);
        rules.nothingTwice();
        rules.everythingNamed();
        world.jobs().forEach((id, job) -> {
            if (job.state().status() == JobStatus.COMPLETED) {
                rules.complete(id, job.state());
            }
        });
        rules.originals();
        return rules.found;
    }

    private void nothingTwice() {
        world.cloud().stream()
                .filter(resource -> resource.mark() != null && resource.type() != ResourceType.KEY_PAIR)
                .collect(Collectors.groupingBy(resource -> resource.type() + " of " + resource.mark()))
                .forEach((what, twins) -> {
                    if (twins.size() > 1) {
                        add(Kind.DOUBLED, twins.getFirst().job().orElse(null), what + ": " + twins);
                    }
                });
    }

    private void everythingNamed() {
        for (CloudResource resource : world.cloud()) {
            resource.job().ifPresent(id -> {
                FoldedJob job = world.jobs().get(id);
                if (job == null || !job.names(resource)) {
                    add(
                            Kind.UNNAMED,
                            id,
                            resource + " is named by nobody; the job "
                                    + (job == null
                                            ? "is unknown"
                                            : "is " + job.state().status()));
                }
            });
        }
    }

    private void complete(UUID id, JobState state) {
        Plan plan = state.plan();
        RestoreResult result = state.result();
        if (plan == null || result == null) {
            add(Kind.LOST, id, "is COMPLETED without plan or result");
            return;
        }
        require(id, ResourceType.SERVER, result.serverId(), "ACTIVE", null);
        require(id, ResourceType.VOLUME, result.volumeId(), "in-use", result.serverId());
        result.portIds().forEach(port -> require(id, ResourceType.PORT, port, "ACTIVE", result.serverId()));
        if (result.portIds().size() != plan.nics().size()
                || new HashSet<>(result.portIds()).size() != result.portIds().size()) {
            add(
                    Kind.DOUBLED,
                    id,
                    "has the ports " + result.portIds() + " for " + plan.nics().size() + " interfaces");
        }
    }

    private void require(UUID id, ResourceType type, String resourceId, String status, @Nullable String usedBy) {
        CloudResource resource = byId.get(type + "/" + resourceId);
        if (resource == null) {
            add(Kind.LOST, id, "is COMPLETED, and its " + type + " " + resourceId + " is not in the cloud");
        } else if (!resource.status().equals(status)) {
            add(Kind.LOST, id, "is COMPLETED, and its " + resource + " should be " + status);
        } else if (usedBy != null && !resource.usedBy().equals(List.of(usedBy))) {
            add(Kind.LOST, id, "is COMPLETED, and its " + resource + " is used by " + resource.usedBy());
        }
    }

    /** An original is gone if, and only if, a restore that replaces it has commanded that and not failed to. */
    private void originals() {
        Set<String> commanded = new HashSet<>();
        Set<String> replaced = new HashSet<>();
        world.jobs().values().stream()
                .map(FoldedJob::state)
                .filter(state -> state.request().mode() == RestoreMode.REPLACE)
                .forEach(state -> {
                    if (state.forwardSteps()
                            .anyMatch(step -> step.plan().action() == Action.DELETE_SERVER && step.attempt() > 0)) {
                        commanded.add(state.vmId());
                    }
                    if (state.status() == JobStatus.COMPLETED) {
                        replaced.add(state.vmId());
                    }
                });
        for (String original : world.originals()) {
            boolean there = byId.containsKey(ResourceType.SERVER + "/" + original);
            if (!there && !commanded.contains(original)) {
                add(Kind.HARMED, null, "VM " + original + " is gone, and no restore has commanded that");
            }
            if (there && replaced.contains(original)) {
                add(Kind.DOUBLED, null, "VM " + original + " was replaced and is still there");
            }
        }
    }

    private void add(Kind kind, @Nullable UUID job, String what) {
        found.add(new Violation(kind, job, what));
    }
}
