package io.vmrestore.executor.step.createserver;

import io.vmrestore.common.contract.Carried;
import io.vmrestore.common.contract.FailureKind;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.Certainty;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.idempotency.Creation;
import io.vmrestore.executor.idempotency.Mark;
import io.vmrestore.openstack.compute.Compute;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.ServerSpec;
import io.vmrestore.survey.Origin;
import io.vmrestore.survey.OwnMetadata;
import io.vmrestore.survey.create.CreateProof;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How create_server makes its server, and finds it by its mark.
 *
 * @param userData in base64, passed on as Nova gave it; null if there is none, or nothing is made
 */
record ServerCreation(
        StepTask.CreateServer task,
        Attempt attempt,
        @Nullable String userData) implements Creation<Server> {
    @Override
    public List<Server> find() {
        return MarkedServers.of(attempt.cloud(), Mark.of(attempt.address())).stream()
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
        String key = BootKey.of(source, attempt);
        Carried carried = task.carried();
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
                        leftOut().contains(CreateProof.ZONE) ? null : source.availabilityZone(),
                        source.configDrive(),
                        userData,
                        source.serverGroupId(),
                        carried == null ? null : carried.accessIpv4(),
                        carried == null ? null : carried.accessIpv6(),
                        deviceTags(carried)));
    }

    private Map<String, String> metadata(boolean withKey) {
        Map<String, String> own = new HashMap<>();
        own.put(Mark.KEY, attempt.address().mark());
        own.put(Origin.SERVER, task.source().id());
        own.put(Origin.OWNER, task.source().userId());
        if (withKey && task.source().keyName() != null) {
            own.put(Origin.KEY, task.source().keyName());
        }
        own.put(Origin.SNAPSHOT, task.restorePoint().id());
        own.put(Origin.VOLUME, task.restorePoint().volumeId());
        Map<String, String> metadata = OwnMetadata.fitting(own, leftOut());
        metadata.putAll(OwnMetadata.strip(task.source().metadata()));
        return metadata;
    }

    private Map<String, String> deviceTags(@Nullable Carried carried) {
        Map<String, String> tags = new HashMap<>();
        if (carried != null && carried.bootDiskTag() != null) {
            tags.put(task.volumeId(), carried.bootDiskTag());
        }
        if (carried != null && carried.interfaceTags() != null) {
            carried.interfaceTags()
                    .forEach((index, tag) -> tags.put(task.portIds().get(Integer.parseInt(index)), tag));
        }
        return tags;
    }

    private List<String> leftOut() {
        return task.carried() == null ? List.of() : task.carried().leftOut();
    }

    /** All of the user's but for one too many, which finalize sets in place of the mark. */
    private List<String> tags() {
        List<String> original = OwnMetadata.strip(task.source().tags());
        List<String> tags = new ArrayList<>();
        tags.add(Mark.of(attempt.address()).tag());
        original.stream().limit(OwnMetadata.MOST_TAGS - 1).forEach(tags::add);
        return tags;
    }

    @Override
    public void delete(Server twin) throws InterruptedException {
        Certainty.required(attempt.absence().deleteServer(twin.id()));
    }

    @Override
    public String id(Server server) {
        return server.id();
    }

    @Override
    public Instant createdAt(Server server) {
        return Objects.requireNonNullElse(server.createdAt(), Instant.EPOCH);
    }

    private Compute compute() {
        return attempt.cloud().compute();
    }
}
