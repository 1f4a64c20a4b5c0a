package io.vmrestore.common.contract;

import java.util.Optional;
import java.util.Set;

/**
 * Nova's rules for the name of a new server (its API schema, parameter type "name"). A server may have a name that they
 * forbid: one from before the rules, or one that a hypervisor's discovery gave it. Lengths are in code points, as Nova,
 * Cinder and Neutron count them.
 */
public final class ServerName {
    /** The longest name, description and the like that Nova, Cinder and Neutron take, in code points. */
    public static final int LONGEST = 255;

    private static final Set<Byte> NOT_PRINTABLE = Set.of(
            Character.CONTROL,
            Character.FORMAT,
            Character.SURROGATE,
            Character.PRIVATE_USE,
            Character.UNASSIGNED,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR);

    private ServerName() {}

    /** Why Nova would refuse the name, as the end of a sentence about it; empty if it would not. */
    public static Optional<String> problem(String name) {
        int length = name.codePointCount(0, name.length());
        if (length < 1 || length > LONGEST) {
            return Optional.of("must have 1 to " + LONGEST + " characters, not " + length);
        }
        if (!name.codePoints().allMatch(ServerName::printable)) {
            return Optional.of("must consist of printable characters");
        }
        if (blank(name.codePointAt(0)) || blank(name.codePointBefore(name.length()))) {
            return Optional.of("must not begin or end with white space");
        }
        return Optional.empty();
    }

    /** The text, or its beginning if it is longer than that many code points. */
    public static String cut(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Math.max(longest, 0)));
    }

    /** What is left of a name when everything that Nova forbids is left out; may be empty. */
    public static String allowedPart(String name) {
        int[] printable = name.codePoints().filter(ServerName::printable).toArray();
        int from = 0;
        int to = printable.length;
        while (from < to && blank(printable[from])) {
            from++;
        }
        while (from < to && blank(printable[to - 1])) {
            to--;
        }
        return new String(printable, from, to - from);
    }

    private static boolean blank(int point) {
        return Character.isSpaceChar(point) || Character.isWhitespace(point);
    }

    private static boolean printable(int point) {
        return !NOT_PRINTABLE.contains((byte) Character.getType(point));
    }
}
