package io.vmrestore.executor.step.createport;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.executor.idempotency.Mark;
import io.vmrestore.executor.idempotency.MarkedResources;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.survey.Absence;
import io.vmrestore.survey.Deletion;
import java.util.List;
import org.springframework.stereotype.Component;

/** The ports that carry a step's mark as their name. */
@Component
final class MarkedPorts implements MarkedResources {

    /** All of the project, whatever their state. */
    static List<Port> of(ProjectCloud cloud, Mark mark) {
        return cloud.network().portsNamed(mark.portName());
    }

    @Override
    public Action madeBy() {
        return Action.CREATE_PORT;
    }

    @Override
    public String service() {
        return "network";
    }

    @Override
    public List<Resource> find(ProjectCloud cloud, Mark mark) {
        return of(cloud, mark).stream()
                // What a server holds is in use, whoever made it.
                .filter(port -> port.deviceId().isEmpty())
                .map(port -> new Resource(ResourceType.PORT, port.id(), port.name()))
                .toList();
    }

    @Override
    public Deletion delete(Absence absence, String id) throws InterruptedException {
        return absence.deletePort(id);
    }
}
