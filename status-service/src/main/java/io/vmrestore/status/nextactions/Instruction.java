package io.vmrestore.status.nextactions;

import io.vmrestore.common.text.ClientCommand;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is left for a person to do or to know after a restore has ended.
 *
 * @param text in words
 * @param command for a shell; null if there is nothing to type
 */
public record Instruction(String text, @Nullable String command) {
    static Instruction of(String text) {
        return new Instruction(text, null);
    }

    static Instruction of(String text, ClientCommand command) {
        return new Instruction(text, command.toString());
    }

    /** Both as one text. */
    public String sentence() {
        return command == null ? text : text + ": " + command;
    }
}
