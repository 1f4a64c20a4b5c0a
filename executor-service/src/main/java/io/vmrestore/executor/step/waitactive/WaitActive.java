package io.vmrestore.executor.step.waitactive;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.Certainty;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.executor.step.Step;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.survey.Absence;
import io.vmrestore.survey.Presence;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/**
 * Waits until the server is ACTIVE; that says that the guest was started, not that it has booted.
 *
 * <p>Safe to repeat: it only reads. Nothing to revert. Calls: Nova GET server, GET servers in BUILD of the project
 * (shared poller).
 */
@Component
final class WaitActive implements Step<StepTask.WaitActive> {
    /** What a server becomes that was ACTIVE and that somebody has stopped since. */
    private static final Set<String> STOPPED = Set.of("SHUTOFF", "PAUSED", "SUSPENDED");

    private final StatusPollers pollers;

    WaitActive(StatusPollers pollers) {
        this.pollers = pollers;
    }

    @Override
    public Action action() {
        return Action.WAIT_ACTIVE;
    }

    @Override
    public Class<StepTask.WaitActive> taskType() {
        return StepTask.WaitActive.class;
    }

    @Override
    public boolean mayBeginLate() {
        return true;
    }

    @Override
    public void execute(StepTask.WaitActive task, Attempt attempt) throws InterruptedException {
        String id = task.serverId();
        Absence absence = attempt.absence();
        // A server deleted while it spawns may show ACTIVE without a task for a moment before it is gone.
        AtomicBoolean doomed = new AtomicBoolean();
        Presence<Server> last = attempt.stop()
                .during(() -> pollers.buildingServers(attempt.cloud().projectId())
                        .await(
                                id,
                                () -> absence.server(id),
                                view -> {
                                    observe(view, doomed, attempt);
                                    return settled(view, doomed.get());
                                },
                                attempt.deadline()));
        if (!(Certainty.required(last) instanceof Presence.Present<Server>(Server server))) {
            throw StepFailure.lasting(
                    FailureKind.RESOURCE_FAILED, "Server " + id + " was deleted by someone else while it was built");
        }
        if (server.failed()) {
            String fault = server.faultMessage();
            // Nova often tells no more than that it gave up; why stands in the log under the id of the creation.
            throw StepFailure.lasting(
                    FailureKind.RESOURCE_FAILED,
                    "Server " + id + " went to ERROR: " + (fault == null ? "Nova gives no reason" : fault),
                    task.createRequestId());
        }
        if (server.status().endsWith("DELETED")) {
            throw StepFailure.lasting(
                    FailureKind.RESOURCE_FAILED, "Server " + id + " was deleted by someone else while it was built");
        }
        if (!settled(server, doomed.get())) {
            throw StepFailure.lasting(
                    FailureKind.DEADLINE_EXCEEDED,
                    "Server " + id + " was still " + state(server) + " at the step's deadline " + attempt.deadline());
        }
    }

    private static void observe(Server view, AtomicBoolean doomed, Attempt attempt) {
        attempt.note("server_status", state(view));
        if ("deleting".equals(view.taskState())) {
            doomed.set(true);
        }
    }

    private static boolean settled(Server server, boolean doomed) {
        boolean stopped = STOPPED.contains(server.status()) && server.launchedAt() != null;
        boolean over = server.failed() || server.status().endsWith("DELETED");
        return over || (!doomed && (server.active() || stopped));
    }

    private static String state(Server server) {
        return server.taskState() == null ? server.status() : server.status() + "/" + server.taskState();
    }
}
