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
import org.junit.jupiter.api.Test;

/** Holds docs/seed-coverage.md against the tests: each row names one at least, and each one that is named exists. */
class SeedCoverageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Test)(?:#(\\w+))?`");

    @Test
    void everyRowNamesATestThatExists() throws IOException {
        List<String> rows = Files.readAllLines(ROOT.resolve("docs/seed-coverage.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Statement"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(40);
        List<String> missing = new ArrayList<>();
        for (String row : rows) {
            String shownBy = row.substring(row.lastIndexOf(" | ") + 3);
            Matcher named = NAMED.matcher(shownBy);
            boolean any = false;
            while (named.find()) {
                any = true;
                if (!exists(named.group(1), named.group(2))) {
                    missing.add(named.group());
                }
            }
            assertThat(any).as("a test in: %s", row).isTrue();
        }
        assertThat(missing).isEmpty();
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
