package io.vmrestore.standalone.server;

import io.vmrestore.executor.ExecutorApplication;
import io.vmrestore.gateway.GatewayApplication;
import io.vmrestore.planner.PlannerApplication;
import io.vmrestore.status.StatusApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The four services, each startable beside the others in one JVM. */
public enum Service {
    /** Each stream of events takes a connection here and both ends of one to the status service. */
    GATEWAY(25),
    PLANNER(5),
    EXECUTOR(2),
    STATUS(25);

    private final int descriptorShare;

    /** @param descriptorShare percent of the process's spare descriptors for connections to this service */
    Service(int descriptorShare) {
        this.descriptorShare = descriptorShare;
    }

    /**
     * Starts the service; whoever starts it closes it.
     *
     * @param environment the settings, by the names of the environment variables; ports that it does not name are free
     *     ones
     */
    public ConfigurableApplicationContext start(Map<String, String> environment) {
        List<String> arguments = new ArrayList<>();
        environment.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        for (String port : portVariables()) {
            if (!environment.containsKey(port)) {
                arguments.add("--" + port + "=0");
            }
        }
        arguments.add("--restore.http.descriptor-share=" + descriptorShare);
        arguments.add("--spring.autoconfigure.exclude=" + ForeignAutoConfiguration.excludedFrom(this));
        // Contexts of one JVM end in the order of their owner and not in that of the JVM's hooks.
        return builder().registerShutdownHook(false).run(arguments.toArray(String[]::new));
    }

    /** The variables that set the ports of its own interface and of its management. */
    List<String> portVariables() {
        return List.of("RESTORE_" + name() + "_PORT", "RESTORE_" + name() + "_MANAGEMENT_PORT");
    }

    private SpringApplicationBuilder builder() {
        return switch (this) {
            case GATEWAY -> GatewayApplication.builder();
            case PLANNER -> PlannerApplication.builder();
            case EXECUTOR -> ExecutorApplication.builder();
            case STATUS -> StatusApplication.builder();
        };
    }
}
