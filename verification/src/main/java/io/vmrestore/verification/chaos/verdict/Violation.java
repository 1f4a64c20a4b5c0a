package io.vmrestore.verification.chaos.verdict;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A promise that was not kept.
 *
 * @param job null where it concerns no single job
 */
public record Violation(Kind kind, @Nullable UUID job, String what) {

    /** The promises. */
    public enum Kind {
        /** What was accepted is in the log and in the tables. */
        LOST("lost"),
        /** No step makes two of anything, and a completed restore has what its plan says. */
        DOUBLED("doubled"),
        /** Whatever restores made is named by the job that made it. */
        UNNAMED("unnamed"),
        /** Everything that was accepted ends. */
        UNFINISHED("unfinished"),
        /** An original is deleted only where that was commanded. */
        HARMED("originals harmed"),
        /** Every answer is right, or says that there is none. */
        WRONG_ANSWER("wrong answers"),
        /** The tables say what the log says. */
        TABLES("tables differ from log"),
        /** Nothing of ours contradicts itself. */
        DEAD_LETTER("dead letters"),
        /** There was something to keep the promises against. */
        UNPROVEN("not proven");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The name in the table. */
        public String label() {
            return label;
        }
    }
}
