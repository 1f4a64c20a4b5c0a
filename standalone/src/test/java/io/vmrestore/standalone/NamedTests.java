package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a page whose last column names the tests that show them, as {@code `SomeTest`}, {@code `SomeIT`} or
 * {@code `SomeTest#method`}.
 */
final class NamedTests {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+(?:Test|IT))(?:#(\\w+))?`");

    private NamedTests() {}

    /** Each row of the page names a test at least, and each one that is named exists. */
    static void check(String page, String heading, int rowsAtLeast) throws IOException {
        check(page, Files.readAllLines(ROOT.resolve(page)), heading, rowsAtLeast);
    }

    /** The same for the rows of one section. */
    static void checkSection(String page, String section, String heading, int rowsAtLeast) throws IOException {
        check(page, section(page, section), heading, rowsAtLeast);
    }

    /** The lines of a page from a heading to the next. */
    static List<String> section(String page, String section) throws IOException {
        return Files.readAllLines(ROOT.resolve(page)).stream()
                .dropWhile(line -> !line.equals("## " + section))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .toList();
    }

    private static void check(String page, List<String> lines, String heading, int rowsAtLeast) throws IOException {
        List<String> rows = lines.stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| " + heading))
                .toList();
        assertThat(rows).hasSizeGreaterThan(rowsAtLeast);
        List<String> missing = new ArrayList<>();
        for (String row : rows) {
            Matcher named = NAMED.matcher(row.substring(row.lastIndexOf(" | ") + 3));
            boolean any = false;
            while (named.find()) {
                any = true;
                if (!exists(named.group(1), named.group(2))) {
                    missing.add(named.group());
                }
            }
            assertThat(any).as("a test in: %s", row).isTrue();
        }
        assertThat(missing).as("named in %s", page).isEmpty();
    }

    private static boolean exists(String testClass, @Nullable String method) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> found =
                    files.filter(file -> file.endsWith(testClass + ".java")).toList();
            for (Path file : found) {
                if (method == null || Files.readString(file).contains("void " + method + "(")) {
                    return true;
                }
            }
            return false;
        }
    }
}
