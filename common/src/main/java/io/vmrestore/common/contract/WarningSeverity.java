package io.vmrestore.common.contract;

/** What a plan's warning means for who decides, the most severe first. */
public enum WarningSeverity {
    /** As things are, the restore will fail. */
    BLOCKS,
    /** Something is lost for good or does not come back by itself: data, a disk, access. */
    LOSES,
    /** The restored VM is not in everything as the original, or something is not certain. */
    CHANGES,
    /** Of interest to few. */
    COSMETIC;

    /** Hears warnings as they are found. */
    @FunctionalInterface
    public interface Listener {
        /** @param sentence without its full stop */
        void say(WarningSeverity severity, String sentence);
    }
}
