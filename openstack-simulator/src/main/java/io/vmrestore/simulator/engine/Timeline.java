package io.vmrestore.simulator.engine;

import java.time.Duration;
import java.time.Instant;

/** The cloud's only source of time; a simulation drives the cloud by bringing its own. */
public interface Timeline {
    Instant now();

    /** Runs the step once, at the earliest when the delay has passed. Never runs it on the calling thread. */
    void after(Duration delay, Runnable step);
}
