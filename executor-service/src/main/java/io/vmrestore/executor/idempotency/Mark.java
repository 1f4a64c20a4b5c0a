package io.vmrestore.executor.idempotency;

import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.survey.Origin;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The form that a step's mark takes on each kind of resource. Everything is marked in its create call, so that nothing
 * is ever made that cannot be found again.
 *
 * @param text job and step, as {@link StepAddress#mark()} gives it
 */
public record Mark(String text) {
    /** Metadata entry of servers and volumes. */
    public static final String KEY = StepAddress.MARK_KEY;

    private static final List<String> KEYS =
            List.of(KEY, Origin.SNAPSHOT, Origin.VOLUME, Origin.SERVER, Origin.OWNER, Origin.KEY);
    private static final String TAG_PREFIX = "restore:";

    public static Mark of(StepAddress step) {
        return new Mark(step.mark());
    }

    /** Server tag; Nova allows neither slash nor comma in tags, and at most 60 characters. */
    public String tag() {
        return TAG_PREFIX + text.replace('/', ':');
    }

    /** Ports carry the mark as name: tags in a port's create call are silently dropped. */
    public String portName() {
        return StepAddress.PORT_NAME_PREFIX + text;
    }

    /**
     * The key pair that is imported for the job's server. Its name tells which key the server has after the import is
     * gone; names of key pairs allow letters, digits and dashes.
     */
    public String keyPairName(String fingerprint) {
        return "restore-" + jobId() + "-" + fingerprint.replaceAll("[^A-Za-z0-9]", "");
    }

    public UUID jobId() {
        return UUID.fromString(text.substring(0, text.indexOf('/')));
    }

    /** Whether metadata of a server or volume names this step as its maker. */
    public boolean on(Map<String, String> metadata) {
        return text.equals(metadata.get(KEY));
    }

    /** The metadata without what this or an earlier restore added. */
    public static Map<String, String> strip(Map<String, String> metadata) {
        return metadata.entrySet().stream()
                .filter(entry -> !KEYS.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The tags without those that this or an earlier restore added. */
    public static List<String> strip(List<String> tags) {
        return tags.stream().filter(tag -> !tag.startsWith(TAG_PREFIX)).toList();
    }
}
