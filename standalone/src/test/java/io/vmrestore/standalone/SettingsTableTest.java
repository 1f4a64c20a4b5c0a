package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's table of settings names exactly the environment variables that the code reads. */
class SettingsTableTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern VARIABLE_IN_YAML = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+)[:}]");
    private static final Pattern VARIABLE_IN_CODE =
            Pattern.compile("\"((?:RESTORE|SIMULATOR|OS|SNAPSHOT|KAFKA)_[A-Z0-9_]+)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z][A-Z0-9_]+)` \\|");

    @Test
    void everySettingHasItsRowAndEveryRowItsSetting() throws IOException {
        assertThat(rows()).isEqualTo(variables());
    }

    private static Set<String> rows() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        String table = readme.substring(readme.indexOf("<!-- settings:"), readme.indexOf("<!-- end of settings -->"));
        return found(ROW, table);
    }

    private static Set<String> variables() throws IOException {
        Set<String> variables = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(SettingsTableTest::isSource).toList()) {
                boolean yaml = file.toString().endsWith(".yml");
                variables.addAll(found(yaml ? VARIABLE_IN_YAML : VARIABLE_IN_CODE, Files.readString(file)));
            }
        }
        return variables;
    }

    private static boolean isSource(Path file) {
        String path = ROOT.relativize(file).toString();
        return path.contains("src/main/") && (path.endsWith(".yml") || path.endsWith(".java"));
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
