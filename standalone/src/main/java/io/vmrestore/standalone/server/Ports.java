package io.vmrestore.standalone.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fixed ports of an instance, by the variables that set them; 0 is a free one and stands for nothing. */
final class Ports {
    private final Map<String, Integer> byVariable = new LinkedHashMap<>();

    private Ports() {}

    static Ports of(StandaloneSettings settings) {
        Ports ports = new Ports();
        ports.put("RESTORE_GATEWAY_PORT", settings.gatewayPort());
        if (settings.embeddedBroker()) {
            ports.put("RESTORE_KAFKA_PORT", settings.brokerPort());
        }
        if (settings.embeddedDatabase()) {
            ports.put("RESTORE_DB_PORT", settings.databasePort());
        }
        if (settings.simulatedCloud()) {
            ports.put("SIMULATOR_PORT", settings.simulator().port());
        }
        for (Service service : Service.values()) {
            for (String variable : service.portVariables()) {
                if (!variable.equals("RESTORE_GATEWAY_PORT")) {
                    ports.put(variable, StandaloneSettings.port(settings.environment(), variable, 0));
                }
            }
        }
        return ports;
    }

    /** @throws StartRefusedException naming every port that is taken, and every one that is given twice */
    void requireFree() {
        List<String> faults = new ArrayList<>();
        Map<Integer, String> seen = new LinkedHashMap<>();
        byVariable.forEach((variable, port) -> {
            String other = seen.putIfAbsent(port, variable);
            if (other != null) {
                faults.add("%d is given by %s and by %s".formatted(port, other, variable));
            } else if (isTaken(port)) {
                faults.add("%d (%s) is taken".formatted(port, variable));
            }
        });
        if (!faults.isEmpty()) {
            throw new StartRefusedException("Port " + String.join(", port ", faults)
                    + ". Set these variables to other ports; 0 chooses a free one.");
        }
    }

    private void put(String variable, int port) {
        if (port != 0) {
            byVariable.put(variable, port);
        }
    }

    /** Whether somebody listens there, on any address or on this machine's own. */
    private static boolean isTaken(int port) {
        return !canListen(new InetSocketAddress(port))
                || !canListen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static boolean canListen(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            // Connections of the last run that linger are no listener.
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
