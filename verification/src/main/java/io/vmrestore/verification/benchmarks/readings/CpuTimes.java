package io.vmrestore.verification.benchmarks.readings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * CPU time of processes, in milliseconds: what the system has counted for each and for its descendants that live, to
 * its own tick, which is 10 ms on Linux.
 */
public final class CpuTimes implements Source {
    public static final String GROUP = "CPU ms";
    public static final String ALL = "all processes";

    private final Map<String, List<ProcessHandle>> processes;

    /** @param processes by the name that they are shown under */
    public CpuTimes(Map<String, List<ProcessHandle>> processes) {
        this.processes = new LinkedHashMap<>(processes);
    }

    @Override
    public Map<Counter, Double> read() {
        Map<Counter, Double> counters = new LinkedHashMap<>();
        processes.forEach((name, roots) -> roots.stream()
                .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                .distinct()
                .forEach(process -> process.info().totalCpuDuration().ifPresent(spent -> {
                    counters.put(new Counter(GROUP, ALL, name + process.pid()), milliseconds(spent));
                    counters.put(new Counter(GROUP, name, Long.toString(process.pid())), milliseconds(spent));
                })));
        return counters;
    }

    private static double milliseconds(Duration time) {
        return time.toNanos() / 1e6;
    }
}
