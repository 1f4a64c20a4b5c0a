package io.vmrestore.common.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Words for a shell, quoted so that no name of a VM can be taken for more than a name. A name with characters that a
 * terminal would act on or not show is written in the form {@code $'…'} with their bytes in octal digits, which POSIX
 * 2024, bash, zsh and ksh read.
 */
public final class ShellText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

    private ShellText() {}

    /** The word as a shell reads it back. */
    public static String quoted(String word) {
        if (word.codePoints().anyMatch(ForeignText::misleading)) {
            return word.codePoints().mapToObj(ShellText::visible).collect(Collectors.joining("", "$'", "'"));
        }
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static String visible(int character) {
        if (character == '\'' || character == '\\') {
            return "\\" + Character.toString(character);
        }
        if (!ForeignText.misleading(character)) {
            return Character.toString(character);
        }
        StringBuilder octal = new StringBuilder();
        for (byte part : Character.toString(character).getBytes(UTF_8)) {
            octal.append("\\%03o".formatted(part & 0xff));
        }
        return octal.toString();
    }
}
