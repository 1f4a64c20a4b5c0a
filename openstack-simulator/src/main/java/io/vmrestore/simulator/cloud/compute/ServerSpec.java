package io.vmrestore.simulator.cloud.compute;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server was made as.
 *
 * @param flavor as it was then: the copy stays when the flavor is deleted
 * @param imageId null: booted from a volume
 * @param userData base64, or whatever was sent
 * @param number of the instance name
 */
public record ServerSpec(
        String name,
        @Nullable String description,
        Flavor flavor,
        @Nullable String imageId,
        @Nullable String keyName,
        @Nullable String userData,
        boolean configDrive,
        Map<String, String> metadata,
        List<String> tags,
        @Nullable String serverGroupId,
        List<String> securityGroups,
        String reservationId,
        int number) {

    /** With what is not null. */
    ServerSpec named(@Nullable String newName, @Nullable String newDescription) {
        return new ServerSpec(
                newName == null ? name : newName,
                newDescription == null ? description : newDescription,
                flavor,
                imageId,
                keyName,
                userData,
                configDrive,
                metadata,
                tags,
                serverGroupId,
                securityGroups,
                reservationId,
                number);
    }

    ServerSpec withMetadata(Map<String, String> newMetadata) {
        return new ServerSpec(
                name,
                description,
                flavor,
                imageId,
                keyName,
                userData,
                configDrive,
                newMetadata,
                tags,
                serverGroupId,
                securityGroups,
                reservationId,
                number);
    }

    ServerSpec withTags(List<String> newTags) {
        return new ServerSpec(
                name,
                description,
                flavor,
                imageId,
                keyName,
                userData,
                configDrive,
                metadata,
                newTags,
                serverGroupId,
                securityGroups,
                reservationId,
                number);
    }
}
