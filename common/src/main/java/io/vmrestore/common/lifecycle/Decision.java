package io.vmrestore.common.lifecycle;

import io.vmrestore.common.contract.RestoreCommand;
import io.vmrestore.common.contract.RestoreEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What dispatch publishes: announcements to the event topic and commands to their topics. */
public record Decision(List<RestoreEvent> events, List<RestoreCommand> commands) {
    public static final Decision NOTHING = new Decision(List.of(), List.of());

    /** This decision with one more event. */
    Decision and(RestoreEvent event) {
        return new Decision(Stream.concat(events.stream(), Stream.of(event)).toList(), commands);
    }

    /** What is in this decision and not in the other, by id. */
    Decision without(Decision other) {
        Set<String> eventIds = other.events.stream().map(RestoreEvent::id).collect(Collectors.toSet());
        Set<String> commandIds = other.commands.stream().map(RestoreCommand::id).collect(Collectors.toSet());
        return new Decision(
                events.stream().filter(event -> !eventIds.contains(event.id())).toList(),
                commands.stream()
                        .filter(command -> !commandIds.contains(command.id()))
                        .toList());
    }
}
