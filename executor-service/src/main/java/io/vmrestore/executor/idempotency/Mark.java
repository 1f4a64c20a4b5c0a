package io.vmrestore.executor.idempotency;

import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.survey.OwnMetadata;
import java.util.Map;
import java.util.UUID;

/**
 * The form that a step's mark takes on each kind of resource. Everything is marked in its create call, so that nothing
 * is ever made that cannot be found again.
 *
 * @param text job and step, as {@link StepAddress#mark()} gives it
 */
public record Mark(String text) {
    /** Metadata entry of servers and volumes. */
    public static final String KEY = StepAddress.MARK_KEY;

    public static Mark of(StepAddress step) {
        return new Mark(step.mark());
    }

    /** Server tag; Nova allows neither slash nor comma in tags, and at most 60 characters. */
    public String tag() {
        return OwnMetadata.TAG_PREFIX + text.replace('/', ':');
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

    /**
     * Whether a server with this step's tag is this step's. Where the cloud allows no further metadata the tag alone
     * tells; the mark is the last entry to give way, so one who has any entry of ours has the mark as well.
     */
    public boolean onTagged(Map<String, String> metadata) {
        return on(metadata) || OwnMetadata.strip(metadata).equals(metadata);
    }
}
