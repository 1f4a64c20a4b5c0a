package io.vmrestore.verification.benchmarks;

import io.vmrestore.verification.benchmarks.report.Report;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./restore bench}: measures the system that it starts, and prints one table. */
@Command(name = "bench", description = "measure what one restore costs")
public final class BenchCommand {
    private final PrintStream out;

    public BenchCommand(PrintStream out) {
        this.out = out;
    }

    @Command(
            name = CountsBench.NAME,
            description = "count calls of the cloud, Kafka records and requests, transactions, internal calls and CPU"
                    + " time, with a cloud that takes 1 s for a volume and 2 s for a server")
    int counts(@Mixin BenchOptions options) throws Exception {
        options.check();
        Report baseline = baseline(options, CountsBench.NAME);
        finish(options, new CountsBench(options, out).run(), baseline);
        return 0;
    }

    @Command(
            name = OverheadBench.NAME,
            description = "time restores with a cloud that takes no time, and the CPU time of each process")
    int overhead(@Mixin BenchOptions options) throws Exception {
        options.check();
        Report baseline = baseline(options, OverheadBench.NAME);
        finish(options, new OverheadBench(options, out).run(), baseline);
        return 0;
    }

    /** Read before minutes are spent on measuring. */
    private static @Nullable Report baseline(BenchOptions options, String bench) throws Exception {
        Path file = options.baseline();
        return file == null ? null : Report.read(file, bench);
    }

    private void finish(BenchOptions options, Report report, @Nullable Report baseline) throws Exception {
        Path file = options.json();
        if (file != null) {
            report.write(file);
        }
        out.println();
        report.print(out, baseline);
    }
}
