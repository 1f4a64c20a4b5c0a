package io.vmrestore.verification.benchmarks;

import io.vmrestore.verification.benchmarks.readings.Counter;
import io.vmrestore.verification.benchmarks.readings.Reading;
import io.vmrestore.verification.benchmarks.readings.Source;
import io.vmrestore.verification.benchmarks.report.Figure;
import io.vmrestore.verification.benchmarks.report.Machine;
import io.vmrestore.verification.benchmarks.report.Report;
import io.vmrestore.verification.benchmarks.system.BenchSystem;
import io.vmrestore.verification.benchmarks.system.Caller;
import io.vmrestore.verification.benchmarks.system.CloudDelays;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Times what one restore takes when the cloud takes no time, and the CPU time that each process spends on it. */
public final class OverheadBench {
    public static final String NAME = "overhead";
    public static final String EXECUTE = "execute to end, ms";
    public static final String PLAN_AND_EXECUTE = "plan and execute to end, ms";

    /** CPU time is told in ticks of 10 ms, so it is measured over several restores, and the median round counts. */
    private static final int MOST_ROUNDS = 5;

    private final BenchOptions options;
    private final PrintStream out;

    public OverheadBench(BenchOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    public Report run() throws Exception {
        Machine machine = Machine.now();
        out.println("Starting the system ...");
        try (BenchSystem system = BenchSystem.start(CloudDelays.NONE, false)) {
            Caller caller = system.caller();
            out.println("Warming up with " + options.warmUp() + " restores ...");
            for (int number = 0; number < options.warmUp(); number++) {
                caller.restore();
            }
            out.println("Measuring " + options.restores() + " restores ...");
            return new Report(NAME, machine, options.shown(), measure(caller, system.cpu()));
        }
    }

    private List<Figure> measure(Caller caller, Source cpu) throws Exception {
        List<Caller.Times> times = new ArrayList<>();
        Map<String, List<Double>> spent = new LinkedHashMap<>();
        int rounds = Math.min(MOST_ROUNDS, options.restores());
        for (int round = 0; round < rounds; round++) {
            int size = options.restores() * (round + 1) / rounds - options.restores() * round / rounds;
            Reading before = Reading.of(List.of(cpu));
            for (int number = 0; number < size; number++) {
                times.add(caller.restore());
            }
            Map<Counter, Double> growth = Reading.of(List.of(cpu)).growth(before);
            growth.forEach((counter, value) -> spent.computeIfAbsent(counter.name(), name -> new ArrayList<>())
                    .add(value / size));
        }
        List<Figure> figures = new ArrayList<>();
        figures.addAll(quantiles(EXECUTE, times, Caller.Times::execute));
        figures.addAll(quantiles(PLAN_AND_EXECUTE, times, Caller.Times::planAndExecute));
        spent.forEach((process, each) -> figures.add(
                new Figure("CPU ms, median of " + rounds + " rounds", process, Quantiles.of(each, 0.5), null)));
        return figures;
    }

    private static List<Figure> quantiles(
            String group, List<Caller.Times> times, Function<Caller.Times, Duration> which) {
        List<Double> milliseconds =
                times.stream().map(which).map(time -> time.toNanos() / 1e6).toList();
        return List.of(
                new Figure(group, "p50", Quantiles.of(milliseconds, 0.5), null),
                new Figure(group, "p90", Quantiles.of(milliseconds, 0.9), null),
                new Figure(group, "max", Quantiles.of(milliseconds, 1), null));
    }
}
