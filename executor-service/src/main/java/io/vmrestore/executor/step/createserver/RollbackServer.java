package io.vmrestore.executor.step.createserver;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.Certainty;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.idempotency.Mark;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.executor.step.Step;
import io.vmrestore.executor.step.deleteserver.ServerRemoval;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.survey.Presence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Deletes the server that a create_server step made, waits until it is gone, and removes the imported key pair.
 *
 * <p>Safe to repeat: what is gone is left alone. It deletes only servers that carry the step's mark; gone is what
 * {@link ServerRemoval} proves. Cannot be reverted. Calls: Nova GET server, GET servers by tag, DELETE server, GET
 * servers of the project (shared poller), POST forceDelete for a soft-deleted one, DELETE keypair.
 */
@Component
final class RollbackServer implements Step<StepTask.RollbackServer> {
    private final StatusPollers pollers;

    RollbackServer(StatusPollers pollers) {
        this.pollers = pollers;
    }

    @Override
    public Action action() {
        return Action.ROLLBACK_SERVER;
    }

    @Override
    public Class<StepTask.RollbackServer> taskType() {
        return StepTask.RollbackServer.class;
    }

    @Override
    public void execute(StepTask.RollbackServer task, Attempt attempt) throws InterruptedException {
        Mark mark = new Mark(task.createMark());
        Map<String, Server> ours = new LinkedHashMap<>();
        MarkedServers.of(attempt.cloud(), mark).forEach(server -> ours.put(server.id(), server));
        String named = task.serverId();
        if (named != null && !ours.containsKey(named)) {
            ServerRemoval removal = new ServerRemoval(named, attempt, pollers);
            if (Certainty.await(attempt, removal::look) instanceof Presence.Present<Server>(Server server)) {
                ours.put(server.id(), server);
            }
        }
        for (Server server : ours.values()) {
            requireOurs(server, mark);
            attempt.found(ResourceType.SERVER, server.id(), server.name());
            Certainty.required(attempt.absence().deleteServer(server.id()));
        }
        for (String id : ours.keySet()) {
            new ServerRemoval(id, attempt, pollers).awaitGone();
        }
        attempt.note("deleted_servers", List.copyOf(ours.keySet()));
        BootKey.remove(task.keyFingerprint(), attempt);
    }

    private static void requireOurs(Server server, Mark mark) {
        if (!mark.on(server.metadata())) {
            throw StepFailure.lasting(
                    FailureKind.CLOUD_REFUSED,
                    "Server " + server.id() + " does not carry the mark " + mark.text()
                            + " of this restore: it is left alone, delete it by hand if it is not needed");
        }
    }
}
