package io.vmrestore.executor.step.createvolume;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.executor.idempotency.Mark;
import io.vmrestore.executor.idempotency.MarkedResources;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.volume.Volume;
import io.vmrestore.survey.Absence;
import io.vmrestore.survey.Deletion;
import io.vmrestore.survey.Ownership;
import io.vmrestore.survey.Ownership.Maker;
import io.vmrestore.survey.Ownership.Marked;
import java.util.List;
import org.springframework.stereotype.Component;

/** The volumes that carry a step's mark in their metadata and that we have made: a restored backup carries it too. */
@Component
final class MarkedVolumes implements MarkedResources {

    /** All of the project, whatever their state. */
    static List<Volume> of(ProjectCloud cloud, Mark mark) {
        Maker us = Maker.atWork(cloud.userId());
        return cloud.volumes().volumesMarked(Mark.KEY, mark.text()).stream()
                .filter(volume -> Ownership.objection(Marked.of(volume), us) == null)
                .toList();
    }

    @Override
    public Action madeBy() {
        return Action.CREATE_VOLUME;
    }

    @Override
    public String service() {
        return "volume";
    }

    @Override
    public List<Resource> find(ProjectCloud cloud, Mark mark) {
        return of(cloud, mark).stream()
                .map(volume -> new Resource(ResourceType.VOLUME, volume.id(), volume.name()))
                .toList();
    }

    @Override
    public Deletion delete(Absence absence, String id) throws InterruptedException {
        return absence.deleteVolume(id);
    }
}
