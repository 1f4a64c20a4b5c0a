package io.vmrestore.survey.create;

import java.util.ArrayList;
import java.util.List;

/**
 * What the checks of one proof have found. What the cloud does not tell is a warning; where the original would be gone
 * before the call, it is a reason.
 */
final class Findings {
    private final boolean destroysFirst;
    private final List<String> reasons = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    /**
     * Nothing yet.
     *
     * @param destroysFirst whether the original is deleted before the new server is asked for
     */
    Findings(boolean destroysFirst) {
        this.destroysFirst = destroysFirst;
    }

    /** Notes why a call would be refused, with the remedy. */
    void reason(String sentence) {
        reasons.add(sentence);
    }

    /** Notes what somebody should know, without a full stop. */
    void warning(String sentence) {
        warnings.add(sentence);
    }

    /** Notes a field that no call will carry. */
    void leaveOut(String field) {
        leftOut.add(field);
    }

    /** Notes what a service does not tell. */
    void unknown(String what, String service) {
        String sentence = "The " + service + " service does not tell " + what;
        if (destroysFirst) {
            reasons.add(sentence + ", and it must be known before the VM is deleted; give the service user the right to"
                    + " read it, or restore beside the VM (mode NEW)");
        } else {
            warnings.add(sentence + "; that shows only when the restore runs");
        }
    }

    List<String> reasons() {
        return List.copyOf(reasons);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    List<String> leftOut() {
        return List.copyOf(leftOut);
    }
}
