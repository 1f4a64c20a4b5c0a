package io.vmrestore.verification.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the names that others rely on, of topics and of metrics, to the one place where each is written. */
class NamesInOnePlaceTest {
    @Test
    void topicNamesAreWrittenInOnePlace() throws IOException {
        Pattern topicName = Pattern.compile("restore\\.(events|commands)\\.");
        Path root = Path.of("").toAbsolutePath().getParent();
        try (Stream<Path> files = Files.walk(root)) {
            List<String> sources = files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> path.toString().contains("/src/main/java/"))
                    .filter(path -> topicName.matcher(content(path)).find())
                    .map(path -> root.relativize(path).toString())
                    .toList();
            assertThat(sources)
                    .containsExactly(
                            "common/src/main/java/" + Topics.class.getName().replace('.', '/') + ".java");
        }
    }

    @Test
    void metricNamesAreWrittenInOnePlace() throws IOException {
        Pattern namedMeter =
                Pattern.compile("(Counter|Gauge|Timer|TimeGauge|DistributionSummary)\\s*\\.builder\\(\\s*\""
                        + "|[mM]eters?\\.(counter|timer|gauge|summary)\\(\\s*\""
                        + "|createNotStarted\\(\\s*\"");
        Path root = Path.of("").toAbsolutePath().getParent();
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.filter(path -> path.toString().endsWith(".java"))
                            .filter(path -> path.toString().contains("/src/main/java/"))
                            .filter(path -> namedMeter.matcher(content(path)).find())
                            .map(path -> root.relativize(path).toString()))
                    .as("meters that are not made from Metric")
                    .isEmpty();
        }
    }

    private static String content(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
