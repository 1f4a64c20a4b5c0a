package io.vmrestore.common.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Keeps the table of metrics in {@code docs/operations.md} true, and writes it anew with {@code -Dmetrics.write=true}.
 */
class MetricsTableTest {
    private static final Path PAGE = Path.of("..", "docs", "operations.md");
    private static final String BEGIN = "<!-- metrics: written by MetricsTableTest -->\n\n";
    private static final String END = "\n<!-- end of metrics -->";

    @Test
    void theTableIsWhatTheMetricsSay() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(begin).isBetween(BEGIN.length(), end);
        if (Boolean.getBoolean("metrics.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + MetricsTable.text() + page.substring(end));
            return;
        }
        assertThat(page.substring(begin, end))
                .as("docs/operations.md is not what Metric.java says. Write it anew with: ./mvnw -pl common test"
                        + " -Dtest=MetricsTableTest -Dmetrics.write=true")
                .isEqualTo(MetricsTable.text());
    }

    @Test
    void noNameIsGivenTwice() {
        assertThat(Arrays.stream(Metric.values()).map(Metric::wireName)).doesNotHaveDuplicates();
    }
}
