package io.vmrestore.survey;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The volumes that a VM has booted from: the present one, and before it those that it was restored from, as
 * {@link Origin} records them. What is made of a snapshot in any other way has no part in it: a VM made of a golden
 * snapshot was not restored from the golden volume.
 */
final class Lineage {
    /** Guards against metadata that leads on and on. */
    private static final int LONGEST = 50;

    private Lineage() {}

    /** Tells a volume's metadata; empty if the volume is gone. */
    interface Metadata<E extends Exception> {
        Map<String, String> of(String volumeId) throws E;
    }

    /**
     * Follows the boot volume back, each volume once.
     *
     * @param enough where to stop: no volume beyond the first that it accepts is looked up
     * @param server the VM's own metadata, which records the step before the boot volume a second time
     * @return the volumes' ids, the present boot volume first
     */
    static <E extends Exception> List<String> until(
            Predicate<String> enough, String bootVolumeId, Map<String, String> server, Metadata<E> volumes) throws E {
        Set<String> seen = new LinkedHashSet<>();
        List<String> earlier = Origin.earlier(server);
        @Nullable String next = bootVolumeId;
        while (next != null && seen.size() < LONGEST && seen.add(next) && !enough.test(next)) {
            Map<String, String> metadata = volumes.of(next);
            earlier = metadata.containsKey(Origin.EARLIER) ? Origin.earlier(metadata) : earlier;
            @Nullable String before = metadata.get(Origin.VOLUME);
            if (before == null && next.equals(bootVolumeId)) {
                before = server.get(Origin.VOLUME);
            }
            next = before == null ? firstOf(earlier, seen) : before;
        }
        return List.copyOf(seen);
    }

    /** Where a volume is gone or tells nothing, a later one still knows what came before it. */
    private static @Nullable String firstOf(List<String> earlier, Set<String> seen) {
        return earlier.stream()
                .filter(volume -> !seen.contains(volume))
                .findFirst()
                .orElse(null);
    }
}
