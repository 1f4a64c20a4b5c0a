package io.vmrestore.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is written by a test and lies in the repository, so that a reader finds it there. The test fails where it is no
 * longer what it would write, and writes it anew with {@code -Dgroups=generated -Dgenerated.write=true}. Only the tests
 * that write run then: others would still read the former files from the class path.
 */
public final class Generated {
    /** Marks the tests that write. */
    public static final String TAG = "generated";

    /** The root of the repository. */
    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final boolean WRITE = Boolean.getBoolean("generated.write");

    private Generated() {}

    /** Holds a whole file against what it should be. */
    public static void hold(Path file, String text) throws IOException {
        if (WRITE) {
            Files.writeString(file, text);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as(
                        "%s is not what its test says. Write it anew with: ./mvnw -pl common -am test"
                                + " -Dgroups=generated -Dgenerated.write=true",
                        file)
                .isEqualTo(text);
    }

    /** Holds the part of a page between two lines, {@code <!-- name … -->} and {@code <!-- end of name -->}. */
    public static void holdPart(Path page, String name, String text) throws IOException {
        String whole = Files.readString(page);
        int begin = whole.indexOf('\n', whole.indexOf("<!-- " + name)) + 1;
        int end = whole.indexOf("<!-- end of " + name);
        hold(page, whole.substring(0, begin) + text + whole.substring(end));
    }
}
