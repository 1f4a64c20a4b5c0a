package io.vmrestore.executor.step;

import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.executor.poll.StatusPoller;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.openstack.compute.Compute;
import io.vmrestore.openstack.compute.Server;
import java.util.Optional;

/** Waits until a deleted server is really gone: 404 and nothing else. */
final class ServerRemoval {
    private ServerRemoval() {}

    /** @throws StepFailure if it is still there at the attempt's deadline */
    static void awaitGone(String id, Attempt attempt, StatusPollers pollers) throws InterruptedException {
        Compute compute = attempt.cloud().compute();
        StatusPoller<Server> poller = pollers.servers(attempt.cloud().projectId());
        Optional<Server> last = poller.await(
                id,
                () -> compute.findServer(id),
                view -> gone(view, attempt) || softDeleted(view.get()),
                attempt.deadline());
        if (last.isPresent() && softDeleted(last.get())) {
            // Such a cloud keeps deleted servers for hours, and their ports and volumes with them.
            compute.forceDelete(id);
            last = poller.await(id, () -> compute.findServer(id), view -> gone(view, attempt), attempt.deadline());
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

    private static boolean softDeleted(Server server) {
        return server.status().equals("SOFT_DELETED");
    }
}
