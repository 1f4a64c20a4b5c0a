package io.vmrestore.simulator.cloud.volume;

import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.engine.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A volume: what was asked for and where it stands. */
public record Volume(
        String id,
        Owner owner,
        VolumeSpec spec,
        VolumeState state,
        Instant createdAt,
        @Nullable Instant updatedAt) implements Resource {

    public String projectId() {
        return owner.projectId();
    }

    public VolumeStatus status() {
        return state.status();
    }

    public boolean is(VolumeStatus status) {
        return state.status() == status;
    }

    Volume with(VolumeState newState, Instant at) {
        return new Volume(id, owner, spec, newState, createdAt, at);
    }

    Volume with(VolumeStatus status, Instant at) {
        return with(state.withStatus(status), at);
    }

    Volume named(String name, @Nullable String description) {
        return new Volume(id, owner, spec.named(name, description), state, createdAt, updatedAt);
    }

    Volume withSize(int size) {
        return new Volume(id, owner, spec.withSize(size), state, createdAt, updatedAt);
    }

    Volume withMetadata(Map<String, String> metadata) {
        return new Volume(id, owner, spec.withMetadata(metadata), state, createdAt, updatedAt);
    }

    Volume withImageMetadata(Map<String, String> imageMetadata) {
        return new Volume(id, owner, spec.withImageMetadata(imageMetadata), state, createdAt, updatedAt);
    }

    /** The attachment to the server, if it has one. */
    public List<VolumeAttachment> attachmentsTo(String serverId) {
        return state.attachments().stream()
                .filter(attachment -> attachment.serverId().equals(serverId))
                .toList();
    }
}
