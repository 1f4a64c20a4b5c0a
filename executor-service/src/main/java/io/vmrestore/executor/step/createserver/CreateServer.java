package io.vmrestore.executor.step.createserver;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.common.seal.SealException;
import io.vmrestore.common.seal.TextSeal;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.idempotency.Creation;
import io.vmrestore.executor.idempotency.ExactlyOne;
import io.vmrestore.executor.idempotency.Mark;
import io.vmrestore.executor.step.Step;
import io.vmrestore.openstack.compute.Compute;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.ServerQuery;
import io.vmrestore.openstack.compute.ServerSpec;
import io.vmrestore.survey.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
    /** Nova's limit for one server. */
    private static final int MAX_TAGS = 50;

    private final TextSeal seal;

    CreateServer(TextSeal seal) {
        this.seal = seal;
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
        Server server = ExactlyOne.of(new ServerCreation(task, attempt, seal), attempt::requireMayMake);
        attempt.made(ResourceType.SERVER, server.id(), server.name());
    }

    @Override
    public void nameMade(StepTask.CreateServer task, Attempt attempt) {
        new ServerCreation(task, attempt, seal)
                .find()
                .forEach(server -> attempt.made(ResourceType.SERVER, server.id(), server.name()));
    }

    private record ServerCreation(StepTask.CreateServer task, Attempt attempt, TextSeal seal)
            implements Creation<Server> {
        @Override
        public List<Server> find() {
            Mark mark = Mark.of(attempt.address());
            return compute().servers(ServerQuery.tagged(mark.tag())).stream()
                    .filter(server -> mark.on(server.metadata()))
                    .filter(server -> !server.status().endsWith("DELETED"))
                    .toList();
        }

        @Override
        public Server fetch(String id) {
            return compute().server(id);
        }

        @Override
        public String create() {
            SourceServer source = task.source();
            String flavorId = source.flavor().id();
            if (flavorId == null) {
                throw StepFailure.lasting(
                        FailureKind.UNPROCESSABLE,
                        "Flavor " + source.flavor().name() + " of the original server no longer exists");
            }
            String userData = userData();
            String key = BootKey.of(source, attempt);
            return compute()
                    .create(new ServerSpec(
                            task.newName(),
                            flavorId,
                            task.volumeId(),
                            task.portIds(),
                            key,
                            metadata(key != null),
                            tags(),
                            source.description(),
                            source.availabilityZone(),
                            source.configDrive(),
                            userData,
                            source.serverGroupId()));
        }

        /** Opened here and nowhere else, and passed on as Nova gave it. */
        private @Nullable String userData() {
            if (task.userData() == null) {
                return null;
            }
            try {
                return seal.open(attempt.address().jobId(), task.userData());
            } catch (SealException notOpened) {
                throw StepFailure.lasting(FailureKind.INTERNAL, String.valueOf(notOpened.getMessage()));
            }
        }

        private Map<String, String> metadata(boolean withKey) {
            Map<String, String> metadata =
                    new HashMap<>(Mark.strip(task.source().metadata()));
            metadata.put(Mark.KEY, attempt.address().mark());
            metadata.put(Origin.SERVER, task.source().id());
            metadata.put(Origin.OWNER, task.source().userId());
            if (withKey && task.source().keyName() != null) {
                metadata.put(Origin.KEY, task.source().keyName());
            }
            metadata.put(Origin.SNAPSHOT, task.restorePoint().id());
            metadata.put(Origin.VOLUME, task.restorePoint().volumeId());
            return metadata;
        }

        private List<String> tags() {
            List<String> original = Mark.strip(task.source().tags());
            List<String> tags = new ArrayList<>();
            tags.add(Mark.of(attempt.address()).tag());
            original.stream().limit(MAX_TAGS - 1).forEach(tags::add);
            return tags;
        }

        @Override
        public void delete(Server twin) throws InterruptedException {
            compute().delete(twin.id());
        }

        @Override
        public String id(Server server) {
            return server.id();
        }

        @Override
        public Instant createdAt(Server server) {
            return server.createdAt();
        }

        private Compute compute() {
            return attempt.cloud().compute();
        }
    }
}
