import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks or applies the project's Java format. It is started from source with the JDK that compiles the code, because
 * the formatter parses with the compiler of the JVM it runs in and Maven itself may run on an older one.
 */
final class Format {
    private static final JavaFormatterOptions STYLE = JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(true)
            .build();

    public static void main(String[] arguments) throws Exception {
        boolean apply = arguments[0].equals("apply");
        Formatter formatter = Formatter.createFormatter(STYLE);
        List<Path> unformatted = new ArrayList<>();
        for (Path file : sources()) {
            String before = Files.readString(file);
            String after = formatter.formatSourceAndFixImports(before);
            if (!after.equals(before)) {
                unformatted.add(file);
                if (apply) {
                    Files.writeString(file, after);
                }
            }
        }
        if (apply) {
            System.out.println("Formatted " + unformatted.size() + " files.");
        } else if (!unformatted.isEmpty()) {
            unformatted.forEach(file -> System.err.println("Not formatted: " + file));
            System.err.println("Run ./mvnw -N process-sources -Dformat.mode=apply");
            System.exit(1);
        }
    }

    private static List<Path> sources() throws Exception {
        try (var files = Files.walk(Path.of("."))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList();
        }
    }
}
