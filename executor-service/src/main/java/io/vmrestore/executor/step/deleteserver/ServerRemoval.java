package io.vmrestore.executor.step.deleteserver;

import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.Certainty;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.poll.StatusPoller;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.survey.Absence;
import io.vmrestore.survey.Presence;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Follows a server that is being deleted until it is proven gone. Nova lets its ports go a little after it: until then
 * they contradict. Ports that nothing plugs any more and that are bound to it nevertheless, Nova has forgotten.
 */
public final class ServerRemoval {
    private static final Duration NOVAS_TURN = Duration.ofSeconds(15);

    private final String id;
    private final Attempt attempt;
    private final StatusPoller<Server> poller;
    private final Absence absence;
    private @Nullable Instant unseenSince;

    /** Of the server with this id. */
    public ServerRemoval(String id, Attempt attempt, StatusPollers pollers) {
        this.id = id;
        this.attempt = attempt;
        poller = pollers.servers(attempt.cloud().projectId());
        absence = attempt.absence();
    }

    /** Whether the server is still there. */
    public Presence<Server> look() throws InterruptedException {
        Instant now = attempt.time().instant();
        boolean novasTurn = unseenSince == null || now.isBefore(unseenSince.plus(NOVAS_TURN));
        Presence<Server> view = novasTurn ? absence.server(id) : absence.serverWithIdlePorts(id);
        unseenSince = switch (view) {
            case Presence.Present<Server> _ -> null;
            case Presence.Gone<Server> _, Presence.Unknown<Server> _ -> unseenSince == null ? now : unseenSince;
        };
        attempt.note(
                "server_status",
                switch (view) {
                    case Presence.Present<Server>(Server server) -> server.status();
                    case Presence.Gone<Server> _ -> "gone";
                    case Presence.Unknown<Server> unknown -> unknown.reason();
                });
        return view;
    }

    /**
     * Waits until the server, whose deletion Nova has accepted, is gone.
     *
     * @throws StepFailure if the deletion failed, or the server is not certainly gone at the attempt's deadline
     */
    public Presence.Gone<Server> awaitGone() throws InterruptedException {
        Presence<Server> last =
                poller.await(id, this::look, view -> softDeleted(view) || stopped(view), attempt.deadline());
        if (last instanceof Presence.Present<Server>(Server kept) && softDeleted(kept)) {
            // Such a cloud keeps deleted servers for hours, and their ports and volumes with them.
            Certainty.required(absence.forceDeleteServer(id));
            last = poller.await(id, this::look, ServerRemoval::stopped, attempt.deadline());
        }
        return switch (Certainty.required(last)) {
            case Presence.Gone<Server> gone -> gone;
            case Presence.Present<Server>(Server server) -> throw notDeleted(server);
        };
    }

    private StepFailure notDeleted(Server server) {
        if (stopped(server)) {
            String fault = server.faultMessage();
            return StepFailure.passing(
                    FailureKind.RESOURCE_FAILED,
                    "Server " + id + " could not be deleted and is in ERROR: "
                            + (fault == null ? "Nova gives no reason" : fault));
        }
        return StepFailure.passing(
                FailureKind.DEADLINE_EXCEEDED,
                "Server " + id + " was still " + server.status() + " at the step's deadline " + attempt.deadline());
    }

    /** Nova gives a server the task deleting before it accepts its deletion, and ERROR without a task if that fails. */
    private static boolean stopped(Server server) {
        return server.failed() && server.taskState() == null;
    }

    private static boolean softDeleted(Server server) {
        return server.status().equals("SOFT_DELETED");
    }
}
