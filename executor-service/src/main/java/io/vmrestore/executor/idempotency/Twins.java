package io.vmrestore.executor.idempotency;

import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.openstack.compute.ServerQuery;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.survey.Reads;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Removes what carries a mark of the job and is not what the job uses: made by a create call whose answer was lost and
 * that the cloud carried out only after a later attempt had made another.
 */
public final class Twins {
    private final Attempt attempt;
    private final Set<String> used;
    private final List<String> removed = new ArrayList<>();
    private final List<String> left = new ArrayList<>();

    public Twins(Attempt attempt, Set<String> used) {
        this.attempt = attempt;
        this.used = used;
    }

    public void remove(List<PlanStep> steps) throws InterruptedException {
        List<Reads.Read<List<Runnable>>> searches = new ArrayList<>();
        try (Reads reads = attempt.reads()) {
            for (PlanStep step : steps) {
                Mark mark = new Mark(attempt.address().jobId() + "/" + step.stepOrder());
                switch (step.action()) {
                    case CREATE_SERVER -> searches.add(reads.start("compute", () -> servers(mark)));
                    case CREATE_PORT -> searches.add(reads.start("network", () -> ports(mark)));
                    case CREATE_VOLUME -> searches.add(reads.start("volume", () -> volumes(mark)));
                    case VALIDATE,
                            CHECK_QUOTA,
                            DELETE_SERVER,
                            WAIT_ACTIVE,
                            FINALIZE,
                            ROLLBACK_SERVER,
                            ROLLBACK_PORT,
                            ROLLBACK_VOLUME -> {
                        // They make nothing.
                    }
                }
            }
            for (Reads.Read<List<Runnable>> search : searches) {
                search.get().forEach(Runnable::run);
            }
        }
        if (!removed.isEmpty()) {
            attempt.note("twins_removed", removed);
        }
        if (!left.isEmpty()) {
            attempt.note("twins_left", left);
        }
    }

    private List<Runnable> servers(Mark mark) {
        return attempt.cloud().compute().servers(ServerQuery.tagged(mark.tag())).stream()
                .filter(server -> mark.on(server.metadata()))
                .map(server -> removal(
                        ResourceType.SERVER,
                        server.id(),
                        server.name(),
                        id -> attempt.cloud().compute().delete(id)))
                .toList();
    }

    private List<Runnable> ports(Mark mark) {
        return attempt.cloud().network().portsNamed(mark.portName()).stream()
                .filter(port -> port.name().equals(mark.portName()))
                .map(port -> removal(
                        ResourceType.PORT,
                        port.id(),
                        port.name(),
                        id -> attempt.cloud().network().deletePort(id)))
                .toList();
    }

    private List<Runnable> volumes(Mark mark) {
        return attempt.cloud().volumes().volumesMarked(Mark.KEY, mark.text()).stream()
                .filter(volume -> mark.on(volume.metadata()))
                .map(volume -> removal(
                        ResourceType.VOLUME,
                        volume.id(),
                        volume.name(),
                        id -> attempt.cloud().volumes().delete(id)))
                .toList();
    }

    /** The restore has succeeded: a twin that the cloud does not give up is told, and fails nothing. */
    private Runnable removal(ResourceType type, String id, String name, Consumer<String> delete) {
        return () -> {
            if (used.contains(id)) {
                return;
            }
            try {
                delete.accept(id);
                attempt.found(type, id, name);
                removed.add(id);
            } catch (CloudException refused) {
                left.add(id);
            }
        };
    }
}
