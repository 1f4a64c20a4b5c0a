package io.vmrestore.standalone;

import io.vmrestore.embedded.testing.ChildJvm;
import io.vmrestore.standalone.server.Service;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Main class of a child process that runs one service until its parent ends. */
final class ServiceProcess {
    static final String READY = "SERVICE READY ";

    private ServiceProcess() {}

    public static void main(String[] arguments) {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        Map<String, String> environment = new TreeMap<>();
        for (String argument : Arrays.copyOfRange(arguments, 1, arguments.length)) {
            String[] setting = argument.split("=", 2);
            environment.put(setting[0], setting[1]);
        }
        var context = Service.valueOf(arguments[0]).start(environment);
        System.out.println(READY + context.getEnvironment().getProperty("local.server.port", "none"));
        ChildJvm.untilParentEnds();
        // A parent that is gone wants no graceful end.
        Runtime.getRuntime().halt(0);
    }
}
