package io.vmrestore.verification.processes;

import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.standalone.server.Service;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Main class of every process of the fleet: runs one part until it is signalled, or until its parent is gone. */
public final class ChildMain {
    static final String READY_FILE = "PART_READY_FILE";

    private ChildMain() {}

    public static void main(String[] arguments) throws IOException {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        Role role = Role.valueOf(arguments[0]);
        Map<String, String> environment = System.getenv();
        AutoCloseable part = start(role, environment);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(part), "part-stop"));
        Files.createFile(Path.of(environment.get(READY_FILE)));
        System.in.transferTo(OutputStream.nullOutputStream());
        // The parent is gone. PostgreSQL would outlive this process; the others may end like in a power failure.
        if (role == Role.DATABASE) {
            System.exit(0);
        }
        Runtime.getRuntime().halt(0);
    }

    private static AutoCloseable start(Role role, Map<String, String> environment) {
        return switch (role) {
            case BROKER -> BrokerPart.start(environment);
            case DATABASE -> DatabasePart.start(environment);
            case SIMULATOR -> Simulator.start(SimulatorSettings.fromEnvironment(environment));
            case PLANNER -> start(Service.PLANNER, environment);
            case EXECUTOR -> start(Service.EXECUTOR, environment);
            case STATUS -> start(Service.STATUS, environment);
            case GATEWAY -> start(Service.GATEWAY, environment);
        };
    }

    /** Ports are given by argument, because those that are not get a free one; the rest Spring finds itself. */
    private static AutoCloseable start(Service service, Map<String, String> environment) {
        return service.start(environment.entrySet().stream()
                .filter(entry -> entry.getKey().matches("RESTORE_.*_PORT"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            e.printStackTrace();
        }
    }
}
