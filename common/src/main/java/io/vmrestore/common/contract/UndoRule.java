package io.vmrestore.common.contract;

/**
 * When a failed or cancelled restore removes what a step made. Once the original may be gone, its volume and its
 * addresses on the new ports are what it can be brought back with, and they stay. A server that did not come up goes
 * all the same: it holds them.
 */
enum UndoRule {
    ALWAYS("always") {
        @Override
        boolean applies(boolean cleanupVolumes, boolean originalMayBeGone) {
            return true;
        }
    },
    WHILE_THE_ORIGINAL_IS_THERE("while the original is there") {
        @Override
        boolean applies(boolean cleanupVolumes, boolean originalMayBeGone) {
            return !originalMayBeGone;
        }
    },
    IF_VOLUMES_ARE_CLEANED_UP_WHILE_THE_ORIGINAL_IS_THERE(
            "with `RESTORE_CLEANUP_VOLUMES`, while the original is there") {
        @Override
        boolean applies(boolean cleanupVolumes, boolean originalMayBeGone) {
            return cleanupVolumes && !originalMayBeGone;
        }
    };

    private final String words;

    UndoRule(String words) {
        this.words = words;
    }

    /** The rule in words, for the documentation. */
    String words() {
        return words;
    }

    abstract boolean applies(boolean cleanupVolumes, boolean originalMayBeGone);
}
