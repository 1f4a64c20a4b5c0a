package io.vmrestore.simulator.web;

/** One of the simulated services. */
public interface Service {
    Routes routes(Dispatcher dispatcher);
}
