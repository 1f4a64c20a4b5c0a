package io.vmrestore.verification.chaos.verdict;

import io.vmrestore.common.contract.ResourceType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that the cloud holds.
 *
 * @param mark {@code job/step} of the restore that made it; of a key pair the job alone; null if no restore did
 * @param usedBy servers that it is attached to
 */
public record CloudResource(
        ResourceType type,
        String id,
        String name,
        String status,
        @Nullable String mark,
        List<String> usedBy) {
    private static final Pattern PORT_NAME = Pattern.compile("restore-([0-9a-f-]{36}/\\d+)");
    private static final Pattern KEY_PAIR_NAME = Pattern.compile("restore-([0-9a-f-]{36})-.*");

    /** The mark that a port carries in its name, if a restore made it. */
    static @Nullable String markOfPort(String name) {
        Matcher matcher = PORT_NAME.matcher(name);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /** The job that imported a key pair, if a restore did. */
    static @Nullable String markOfKeyPair(String name) {
        Matcher matcher = KEY_PAIR_NAME.matcher(name);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /** The job whose restore made this. */
    Optional<UUID> job() {
        return Optional.ofNullable(mark).map(text -> UUID.fromString(text.split("/", 2)[0]));
    }

    @Override
    public String toString() {
        return type + " " + id + " '" + name + "' " + status;
    }
}
