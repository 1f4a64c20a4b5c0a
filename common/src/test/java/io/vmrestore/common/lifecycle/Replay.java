package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.RestoreCommand;
import io.vmrestore.common.contract.RestoreEvent;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Dispatch reads a log that is there already, and may crash once. */
final class Replay {
    private final World world;
    private final Set<String> published = new HashSet<>();
    private Map<UUID, JobState> states = new LinkedHashMap<>();

    Replay(World world) {
        this.world = world;
    }

    Map<UUID, JobState> states() {
        return states;
    }

    /** Ids of the commands and announcements. */
    Set<String> published() {
        return published;
    }

    /**
     * Reads the whole log.
     *
     * @param crash the event whose outputs are lost; it is read again
     * @param keepsState whether the state that contains the event survives
     */
    void run(int crash, boolean keepsState) {
        for (int position = 0; position < world.log.size(); position++) {
            RestoreEvent event = world.log.get(position);
            if (position == crash) {
                Map<UUID, JobState> before = new LinkedHashMap<>(states);
                // The outputs are lost.
                var unused = decide(event);
                if (keepsState) {
                    publish(Dispatch.repeated(world.policy(), states.get(event.jobId()), event, others(event)));
                    continue;
                }
                states = before;
            }
            publish(decide(event));
        }
    }

    private Decision decide(RestoreEvent event) {
        JobState before = states.get(event.jobId());
        Transition transition = Evolution.evolve(before, event);
        Decision decision = Dispatch.decide(world.policy(), before, event, transition, others(event));
        if (transition instanceof Transition.Applied(JobState after)) {
            states.put(event.jobId(), after);
        }
        return decision;
    }

    private List<JobState> others(RestoreEvent event) {
        return states.values().stream()
                .filter(other -> !other.jobId().equals(event.jobId()))
                .toList();
    }

    private void publish(Decision decision) {
        decision.commands().stream().map(RestoreCommand::id).forEach(published::add);
        decision.events().stream().map(RestoreEvent::id).forEach(published::add);
    }
}
