package io.vmrestore.executor.step.createserver;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.idempotency.ExactlyOne;
import io.vmrestore.executor.step.Step;
import io.vmrestore.executor.userdata.UserData;
import io.vmrestore.openstack.compute.Server;
import org.springframework.stereotype.Component;

/**
 * Makes the server from the new volume and ports; ends when Nova has accepted it.
 *
 * <p>Safe to repeat: the server carries the step's mark as tag and in its metadata, is looked up by it before and after
 * the create call, and adopted; besides, volume and ports admit one server only. Reverted by {@link RollbackServer}.
 * Calls: Nova GET servers by tag, GET and POST keypairs, POST server.
 */
@Component
final class CreateServer implements Step<StepTask.CreateServer> {
    private final UserData userData;

    CreateServer(UserData userData) {
        this.userData = userData;
    }

    @Override
    public Action action() {
        return Action.CREATE_SERVER;
    }

    @Override
    public Class<StepTask.CreateServer> taskType() {
        return StepTask.CreateServer.class;
    }

    @Override
    public void execute(StepTask.CreateServer task, Attempt attempt) throws InterruptedException {
        ServerCreation creation = new ServerCreation(
                task, attempt, userData.open(attempt.address().jobId(), task.userData()));
        Server server = ExactlyOne.of(creation, attempt::requireMayMake, attempt.time());
        attempt.made(ResourceType.SERVER, server.id(), server.name());
    }

    @Override
    public void nameMade(StepTask.CreateServer task, Attempt attempt) {
        new ServerCreation(task, attempt, null)
                .find()
                .forEach(server -> attempt.made(ResourceType.SERVER, server.id(), server.name()));
    }
}
