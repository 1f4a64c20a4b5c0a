package io.vmrestore.executor.step.createport;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.Certainty;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.idempotency.Mark;
import io.vmrestore.executor.step.Step;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.survey.Absence;
import io.vmrestore.survey.Presence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Deletes the port that a create_port step made.
 *
 * <p>Safe to repeat: what is gone is left alone. It deletes only ports whose name is the step's mark and that no other
 * server holds. Cannot be reverted. Calls: Neutron GET port, GET ports by name, DELETE port.
 */
@Component
final class RollbackPort implements Step<StepTask.RollbackPort> {

    @Override
    public Action action() {
        return Action.ROLLBACK_PORT;
    }

    @Override
    public Class<StepTask.RollbackPort> taskType() {
        return StepTask.RollbackPort.class;
    }

    @Override
    public void execute(StepTask.RollbackPort task, Attempt attempt) throws InterruptedException {
        Absence absence = attempt.absence();
        Mark mark = new Mark(task.createMark());
        String name = mark.portName();
        Map<String, Port> ours = new LinkedHashMap<>();
        MarkedPorts.of(attempt.cloud(), mark).forEach(port -> ours.put(port.id(), port));
        String named = task.portId();
        if (named != null
                && !ours.containsKey(named)
                && Certainty.await(attempt, () -> absence.port(named, null))
                        instanceof Presence.Present<Port>(Port port)) {
            ours.put(port.id(), port);
        }
        for (Port port : ours.values()) {
            requireOurs(port, name);
            attempt.found(ResourceType.PORT, port.id(), port.name());
            Certainty.required(absence.deletePort(port.id()));
        }
        for (String id : ours.keySet()) {
            if (Certainty.await(attempt, () -> absence.port(id, null)) instanceof Presence.Present<Port>) {
                throw StepFailure.passing(
                        FailureKind.RESOURCE_FAILED, "Port " + id + " is still there after its deletion");
            }
        }
        attempt.note("deleted_ports", List.copyOf(ours.keySet()));
    }

    private static void requireOurs(Port port, String name) {
        if (!port.name().equals(name)) {
            throw StepFailure.lasting(
                    FailureKind.CLOUD_REFUSED,
                    "Port " + port.id() + " is named '" + port.name() + "' and not '" + name
                            + "': it is left alone, delete it by hand if it is not needed");
        }
        if (!port.deviceId().isEmpty()) {
            // The restored server is gone by now; Nova may free its ports a moment later.
            throw StepFailure.passing(
                    FailureKind.RESOURCE_FAILED, "Port " + port.id() + " is still held by server " + port.deviceId());
        }
    }
}
