package io.vmrestore.common.metrics;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Locale;

/** The table of metrics in {@code docs/operations.md}. */
final class MetricsTable {
    private static final String HEAD = """
        | Metric | Kind | Unit | Tags | Service | Meaning |
        |---|---|---|---|---|---|
        """;

    private MetricsTable() {}

    static String text() {
        return Arrays.stream(Metric.values()).map(MetricsTable::row).collect(joining("\n", HEAD, "\n"));
    }

    private static String row(Metric metric) {
        return "| `%s` | %s | %s | %s | %s | %s |"
                .formatted(
                        metric.prometheusName(),
                        metric.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        metric.unit(),
                        metric.tags().stream().map(tag -> "`" + tag + "`").collect(joining(", ")),
                        metric.services(),
                        metric.description());
    }
}
