package io.vmrestore.verification.benchmarks;

import io.vmrestore.verification.benchmarks.readings.Counter;
import io.vmrestore.verification.benchmarks.readings.DatabaseStatistics;
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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Counts what one restore makes the system do, and what the same time costs when nothing is restored. */
public final class CountsBench {
    public static final String NAME = "counts";

    private static final CloudDelays DELAYS = new CloudDelays(Duration.ofSeconds(1), Duration.ofSeconds(2));
    private static final Duration SHORTEST_IDLE = Duration.ofSeconds(10);
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(2);
    /** Less than one in a hundred restores is noise of the machine. */
    private static final double NOTHING = 0.005;

    private final BenchOptions options;
    private final PrintStream out;

    public CountsBench(BenchOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    public Report run() throws Exception {
        Machine machine = Machine.now();
        out.println("Starting the system ...");
        try (BenchSystem system = BenchSystem.start(DELAYS, true)) {
            Caller caller = system.caller();
            out.println("Warming up with " + options.warmUp() + " restores ...");
            restore(caller, options.warmUp());
            List<Source> sources = new ArrayList<>(system.counts());
            sources.add(system.cpu());
            return new Report(NAME, machine, options.shown(), measure(caller, sources, system.database()));
        }
    }

    private List<Figure> measure(Caller caller, List<Source> sources, Source database) throws Exception {
        pause(DatabaseStatistics.REPORTED_AFTER);
        Reading tablesBefore = Reading.of(List.of(database));
        Reading before = Reading.of(sources);
        out.println("Measuring " + options.restores() + " restores ...");
        restore(caller, options.restores());
        Reading after = Reading.of(sources);
        pause(DatabaseStatistics.REPORTED_AFTER);
        Reading tablesAfter = Reading.of(List.of(database));

        Duration idle = clamp(after.since(before));
        out.println("Measuring " + idle.toSeconds() + " s without any restore ...");
        Reading idleBefore = Reading.of(sources);
        pause(idle);
        Reading idleAfter = Reading.of(sources);
        Reading tablesIdle = Reading.of(List.of(database));

        List<Figure> figures =
                new ArrayList<>(figures(after.growth(before), after.since(before), idleAfter.growth(idleBefore), idle));
        figures.addAll(tables(
                tablesAfter.growth(tablesBefore),
                tablesAfter.since(tablesBefore),
                tablesIdle.growth(tablesAfter),
                tablesIdle.since(tablesAfter),
                after.since(before)));
        figures.add(new Figure("time, s", "from plan to end", seconds(after.since(before)) / options.restores(), null));
        return figures;
    }

    private List<Figure> figures(
            Map<Counter, Double> counted, Duration took, Map<Counter, Double> idle, Duration idleTook) {
        Map<String, List<Figure>> groups = new LinkedHashMap<>();
        counted.forEach((counter, value) -> {
            double each = value / options.restores();
            double nothing = idle.getOrDefault(counter, 0.0) * seconds(took) / seconds(idleTook) / options.restores();
            List<Figure> group = groups.computeIfAbsent(counter.group(), name -> new ArrayList<>());
            if (each >= NOTHING) {
                group.add(new Figure(counter.group(), counter.name(), each, nothing));
            }
        });
        return groups.values().stream()
                .flatMap(group -> group.stream().sorted(Comparator.comparing(Figure::name)))
                .toList();
    }

    /** The database tells late, so its figures hold idle time beyond the restores, which is taken off. */
    private List<Figure> tables(
            Map<Counter, Double> counted,
            Duration took,
            Map<Counter, Double> idle,
            Duration idleTook,
            Duration restoresTook) {
        List<Figure> figures = new ArrayList<>();
        counted.forEach((counter, value) -> {
            double idleASecond = idle.getOrDefault(counter, 0.0) / seconds(idleTook);
            double beyond = idleASecond * seconds(took.minus(restoresTook));
            figures.add(new Figure(
                    counter.group(),
                    counter.name(),
                    Math.max(0, value - beyond) / options.restores(),
                    idleASecond * seconds(restoresTook) / options.restores()));
        });
        return figures;
    }

    private static void restore(Caller caller, int count) throws Exception {
        for (int number = 0; number < count; number++) {
            caller.restore();
        }
    }

    private static Duration clamp(Duration length) {
        if (length.compareTo(SHORTEST_IDLE) < 0) {
            return SHORTEST_IDLE;
        }
        return length.compareTo(LONGEST_IDLE) > 0 ? LONGEST_IDLE : length;
    }

    private static void pause(Duration length) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(length.toNanos());
    }

    private static double seconds(Duration length) {
        return length.toNanos() / 1e9;
    }
}
