package io.vmrestore.verification.simulation;

import java.util.function.Consumer;

/** A place for a process; whoever is killed there gets a successor. */
final class Slot {
    private final String name;
    private final Schedule schedule;
    private final Trace trace;
    private final Consumer<SimulatedProcess> service;
    private SimulatedProcess process;
    private int lives;

    Slot(String name, Schedule schedule, Trace trace, Consumer<SimulatedProcess> service) {
        this.name = name;
        this.schedule = schedule;
        this.trace = trace;
        this.service = service;
        process = begin();
    }

    private SimulatedProcess begin() {
        SimulatedProcess begun = schedule.process(name + "." + ++lives);
        service.accept(begun);
        return begun;
    }

    boolean holds(SimulatedProcess one) {
        return process == one;
    }

    void kill() {
        if (!process.dead()) {
            trace.add("nemesis", "kills " + process);
            process.kill();
        }
    }

    void restart() {
        if (process.dead()) {
            process = begin();
            trace.add("nemesis", "starts " + process);
        }
    }

    void freeze() {
        if (process.runs()) {
            trace.add("nemesis", "freezes " + process);
            process.freeze();
        }
    }

    void wake() {
        if (process.frozen() && !process.dead()) {
            trace.add("nemesis", "wakes " + process);
            process.wake();
        }
    }
}
