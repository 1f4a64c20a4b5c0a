package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.StepAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What there is, by the mark of the step that made it: the truth that the log is compared with. */
final class TinyCloud {
    private final Map<String, Set<Resource>> made = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private int twins;

    static boolean makes(StepAddress step) {
        return !Events.made(step).isEmpty();
    }

    /** The step's one resource, found by its mark or made; one that was removed does not come back under its id. */
    List<Resource> made(StepAddress step) {
        if (!makes(step)) {
            return List.of();
        }
        Set<Resource> marked = marked(step.mark());
        if (!marked.isEmpty()) {
            return List.of(marked.iterator().next());
        }
        if (!used.add(step.mark())) {
            return List.of(twin(step));
        }
        marked.addAll(Events.made(step));
        return Events.made(step);
    }

    /** One more, made by an executor that did not know that it was not to. */
    Resource twin(StepAddress step) {
        ResourceType type = Events.made(step).getFirst().type();
        Resource twin = new Resource(type, type + "-twin-" + twins++, "new");
        marked(step.mark()).add(twin);
        return twin;
    }

    /** Removes what carries the mark of a step. */
    List<Resource> removeAll(String mark) {
        List<Resource> removed = List.copyOf(marked(mark));
        made.remove(mark);
        return removed;
    }

    /** Removes what a job made and does not use. */
    List<Resource> removeTwins(UUID job, List<Resource> used) {
        List<Resource> removed = new ArrayList<>(of(job));
        removed.removeAll(used);
        made.forEach((mark, resources) -> {
            if (mark.startsWith(job + "/")) {
                removed.forEach(resources::remove);
            }
        });
        return removed;
    }

    /** What there is of a job. */
    List<Resource> of(UUID job) {
        return made.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(job + "/"))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    private Set<Resource> marked(String mark) {
        return made.computeIfAbsent(mark, _ -> new LinkedHashSet<>());
    }
}
