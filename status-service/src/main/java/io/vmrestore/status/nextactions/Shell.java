package io.vmrestore.status.nextactions;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Commands for a POSIX shell, quoted so that no name of a VM can be taken for more than a name. */
final class Shell {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

    private Shell() {}

    static String command(String... words) {
        return command(List.of(words));
    }

    static String command(List<String> words) {
        return words.stream().map(Shell::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
