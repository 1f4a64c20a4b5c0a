package io.vmrestore.common.text;

import java.util.Collection;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Text that somebody else chose, such as the name of a VM: the one place that says what of it is written as an escape.
 * An escape is a backslash, {@code u} and the character's number in hexadecimal digits, such as {@code \}{@code u202e}.
 */
public final class ForeignText {
    private static final char FIRST_STRONG_ISOLATE = '\u2068';
    private static final char POP_ISOLATE = '\u2069';

    private ForeignText() {}

    /** The text with every half of a surrogate pair that stands alone as an escape: UTF-8 cannot write one. */
    public static String encodable(String text) {
        return escaped(text, ForeignText::surrogate);
    }

    /**
     * The text as PostgreSQL can store it: NUL, which it takes in no text, and every half of a surrogate pair that
     * stands alone, which UTF-8 cannot write, are escapes.
     */
    public static String storable(String text) {
        return escaped(text, character -> character == 0 || surrogate(character));
    }

    /**
     * A name in quotation marks for a sentence, so that nobody can mistake where it ends or what it is: line breaks,
     * controls, characters without a shape and blanks other than the common one are escapes. A name that is written
     * from right to left does not turn the sentence around it.
     */
    public static String quoted(String name) {
        String shown = escaped(name.replace("\\", "\\\\").replace("\"", "\\\""), ForeignText::misleading);
        String quoted = '"' + shown + '"';
        return shown.codePoints().anyMatch(ForeignText::rightToLeft)
                ? FIRST_STRONG_ISOLATE + quoted + POP_ISOLATE
                : quoted;
    }

    /** Several names, each as {@link #quoted} has it, with commas between. */
    public static String quoted(Collection<String> names) {
        return names.stream().map(ForeignText::quoted).collect(Collectors.joining(", "));
    }

    /** The text as a part of a sentence, without quotation marks: all that misleads is an escape. */
    public static String inSentence(String text) {
        return escaped(text, ForeignText::misleading);
    }

    /** Whether a reader cannot see the character for what it is. */
    public static boolean misleading(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> character != ' ';
            default -> false;
        };
    }

    private static boolean surrogate(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    private static boolean rightToLeft(int character) {
        byte direction = Character.getDirectionality(character);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }

    /** A plain loop: every text of every event passes here. */
    private static boolean anyOf(String text, IntPredicate unwanted) {
        for (int index = 0; index < text.length(); ) {
            int character = text.codePointAt(index);
            if (unwanted.test(character)) {
                return true;
            }
            index += Character.charCount(character);
        }
        return false;
    }

    private static String escaped(String text, IntPredicate unwanted) {
        if (!anyOf(text, unwanted)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            if (!unwanted.test(character)) {
                escaped.appendCodePoint(character);
            } else if (Character.isBmpCodePoint(character)) {
                escaped.append("\\u%04x".formatted(character));
            } else {
                escaped.append("\\u{%x}".formatted(character));
            }
        });
        return escaped.toString();
    }
}
