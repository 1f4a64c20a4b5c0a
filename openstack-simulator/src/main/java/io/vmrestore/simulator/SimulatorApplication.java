package io.vmrestore.simulator;

import java.util.logging.Logger;

/** Runs a simulator until the process is ended; the environment configures it ({@link SimulatorSettings}). */
public final class SimulatorApplication {
    private static final Logger LOG = Logger.getLogger(SimulatorApplication.class.getName());

    private SimulatorApplication() {}

    public static void main(String[] arguments) {
        Simulator simulator = Simulator.start(SimulatorSettings.fromEnvironment(System.getenv()));
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "simulator-stop"));
        LOG.info(() -> "The simulated OpenStack answers at " + simulator.authUrl());
        simulator.await();
    }
}
