package io.vmrestore.executor.step.deleteserver;

import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.poll.StatusPoller;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.survey.Absence;
import java.util.Optional;

/** Waits until a deleted server is really gone: 404 and nothing else. */
public final class ServerRemoval {
    private ServerRemoval() {}

    /**
     * @param id of a server whose deletion Nova has accepted
     * @throws StepFailure if the deletion failed, or the server is still there at the attempt's deadline
     */
    public static void awaitGone(String id, Attempt attempt, StatusPollers pollers) throws InterruptedException {
        Absence absence = Absence.in(attempt.cloud());
        StatusPoller<Server> poller = pollers.servers(attempt.cloud().projectId());
        Optional<Server> last = poller.await(
                id,
                () -> absence.server(id),
                view -> gone(view, attempt) || softDeleted(view.get()) || failed(view.get(), absence),
                attempt.deadline());
        if (last.isPresent() && softDeleted(last.get())) {
            // Such a cloud keeps deleted servers for hours, and their ports and volumes with them.
            attempt.cloud().compute().forceDelete(id);
            last = poller.await(
                    id,
                    () -> absence.server(id),
                    view -> gone(view, attempt) || failed(view.get(), absence),
                    attempt.deadline());
        }
        if (last.isPresent() && stopped(last.get())) {
            String fault = last.get().faultMessage();
            throw StepFailure.passing(
                    FailureKind.RESOURCE_FAILED,
                    "Server " + id + " could not be deleted and is in ERROR: "
                            + (fault == null ? "Nova gives no reason" : fault));
        }
        if (last.isPresent()) {
            throw StepFailure.passing(
                    FailureKind.DEADLINE_EXCEEDED,
                    "Server " + id + " was still " + last.get().status() + " at the step's deadline "
                            + attempt.deadline());
        }
    }

    private static boolean gone(Optional<Server> view, Attempt attempt) {
        attempt.note("server_status", view.map(Server::status).orElse("gone"));
        return view.isEmpty();
    }

    /** The list may be older than the deletion of a server that was in ERROR already, so it is asked for by itself. */
    private static boolean failed(Server listed, Absence absence) {
        return stopped(listed)
                && absence.server(listed.id()).filter(ServerRemoval::stopped).isPresent();
    }

    /** Nova gives a server the task deleting before it accepts its deletion, and ERROR without a task if that fails. */
    private static boolean stopped(Server server) {
        return server.failed() && server.taskState() == null;
    }

    private static boolean softDeleted(Server server) {
        return server.status().equals("SOFT_DELETED");
    }
}
