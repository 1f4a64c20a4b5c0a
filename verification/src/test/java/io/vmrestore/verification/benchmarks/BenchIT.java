package io.vmrestore.verification.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.common.contract.Topics;
import io.vmrestore.verification.benchmarks.readings.CpuTimes;
import io.vmrestore.verification.benchmarks.readings.DatabaseStatistics;
import io.vmrestore.verification.benchmarks.readings.HttpMetrics;
import io.vmrestore.verification.benchmarks.readings.KafkaMetrics;
import io.vmrestore.verification.benchmarks.readings.TopicLog;
import io.vmrestore.verification.benchmarks.report.Figure;
import io.vmrestore.verification.benchmarks.report.Report;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of {@code ./restore bench}: everything is counted and makes sense. How much is for docs/benchmarks.md.
 */
class BenchIT {
    private static final BenchOptions SHORT = BenchOptions.of(2, 1);

    @TempDir
    private Path directory;

    @Test
    void countsWhatOneRestoreCosts() throws Exception {
        Report report = new CountsBench(SHORT, System.out).run();

        assertThat(figure(report, "cloud calls", "all")).isGreaterThan(20);
        assertThat(figure(report, "cloud calls", "that change something")).isBetween(3.0, 15.0);
        assertThat(figure(report, "cloud calls", "executor") + figure(report, "cloud calls", "planner"))
                .isGreaterThan(20);
        double events = figure(report, TopicLog.RECORDS, Topics.EVENTS);
        assertThat(events).isBetween(10.0, 40.0);
        assertThat(figure(report, TopicLog.PUBLISHINGS, Topics.EVENTS)).isBetween(5.0, events);
        assertThat(figure(report, DatabaseStatistics.GROUP, DatabaseStatistics.TRANSACTIONS))
                .isGreaterThan(5);
        assertThat(figure(report, HttpMetrics.GROUP, HttpMetrics.ALL)).isGreaterThan(2);
        assertThat(figure(report, KafkaMetrics.CLIENTS, "executor, producers: records sent"))
                .isGreaterThan(5);
        assertThat(figure(report, CpuTimes.GROUP, CpuTimes.ALL)).isPositive();
        assertThat(report.figures())
                .allSatisfy(figure -> assertThat(figure.value()).isNotNegative());
        printedWithItself(report);
    }

    @Test
    void timesWhatOneRestoreTakes() throws Exception {
        Report report = new OverheadBench(SHORT, System.out).run();

        assertThat(figure(report, OverheadBench.EXECUTE, "p50")).isPositive();
        assertThat(figure(report, OverheadBench.PLAN_AND_EXECUTE, "max"))
                .isGreaterThan(figure(report, OverheadBench.EXECUTE, "p50"));
        assertThat(report.figures().stream().map(Figure::name))
                .contains("broker", "database", "simulator", "planner", "executor", "status", "gateway");
        printedWithItself(report);
    }

    private void printedWithItself(Report report) throws Exception {
        Path file = directory.resolve("report.json");
        report.write(file);
        Report read = Report.read(file, report.bench());
        assertThat(read).isEqualTo(report);
        ByteArrayOutputStream table = new ByteArrayOutputStream();

        report.print(new PrintStream(table, true, StandardCharsets.UTF_8), read);

        assertThat(table.toString(StandardCharsets.UTF_8)).contains("| ratio |", "| 1.00 |");
        System.out.println(table.toString(StandardCharsets.UTF_8));
    }

    private static double figure(Report report, String group, String name) {
        return report.figure(group, name)
                .orElseThrow(() -> new AssertionError(group + ", " + name + " is missing in " + report))
                .value();
    }
}
