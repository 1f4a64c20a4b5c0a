package io.vmrestore.executor.step.createserver;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.executor.idempotency.Mark;
import io.vmrestore.executor.idempotency.MarkedResources;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.ServerQuery;
import io.vmrestore.survey.Absence;
import io.vmrestore.survey.Deletion;
import io.vmrestore.survey.Ownership;
import io.vmrestore.survey.Ownership.Maker;
import io.vmrestore.survey.Ownership.Marked;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The servers that carry a step's mark as tag, and in their metadata unless the cloud allowed no more of it, and that
 * we have made: a clone carries the mark too.
 */
@Component
final class MarkedServers implements MarkedResources {

    /** All of the project, whatever their state. */
    static List<Server> of(ProjectCloud cloud, Mark mark) {
        Maker us = Maker.atWork(cloud.userId());
        return cloud.compute().servers(ServerQuery.tagged(mark.tag())).stream()
                .filter(server -> mark.onTagged(server.metadata()))
                .filter(server -> Ownership.objection(Marked.of(server), us) == null)
                .toList();
    }

    @Override
    public Action madeBy() {
        return Action.CREATE_SERVER;
    }

    @Override
    public String service() {
        return "compute";
    }

    @Override
    public List<Resource> find(ProjectCloud cloud, Mark mark) {
        return of(cloud, mark).stream()
                .map(server -> new Resource(ResourceType.SERVER, server.id(), server.name()))
                .toList();
    }

    @Override
    public Deletion delete(Absence absence, String id) throws InterruptedException {
        return absence.deleteServer(id);
    }
}
