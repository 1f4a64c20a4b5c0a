package io.vmrestore.openstack.transport;

/** Texts of a cloud as they can be stored and sent on: NUL and half surrogate pairs become U+FFFD. */
final class Texts {
    private static final char REPLACEMENT = '\uFFFD';

    private Texts() {}

    static String clean(String text) {
        for (int index = 0; index < text.length(); index++) {
            char at = text.charAt(index);
            if (at == 0 || Character.isSurrogate(at)) {
                return cleaned(text);
            }
        }
        return text;
    }

    private static String cleaned(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point == 0 || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                        ? REPLACEMENT
                        : point)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
