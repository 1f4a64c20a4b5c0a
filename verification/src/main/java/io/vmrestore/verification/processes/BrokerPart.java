package io.vmrestore.verification.processes;

import io.vmrestore.embedded.EmbeddedBroker;
import io.vmrestore.embedded.EmbeddedBrokerSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The broker with one listener more for each of its clients. Kafka's clients follow the address that a listener
 * advertises, so each listener advertises the link that stands before it.
 */
public final class BrokerPart {
    public static final String DIRECTORY = "PART_BROKER_DIRECTORY";
    public static final String PORT = "PART_BROKER_PORT";
    public static final String CONTROLLER_PORT = "PART_BROKER_CONTROLLER_PORT";
    public static final String LISTENERS = "PART_BROKER_LISTENERS";

    private static final String OWN = "PLAINTEXT";
    private static final String CONTROLLER = "CONTROLLER";
    private static final int NODE_ID = 1;

    private BrokerPart() {}

    /**
     * A client's way to the broker.
     *
     * @param port where the broker listens for it
     * @param advertised where the client finds it
     */
    public record Listener(String name, int port, int advertised) {
        @Override
        public String toString() {
            return name + ":" + port + ":" + advertised;
        }

        static Listener parse(String text) {
            String[] parts = text.split(":");
            return new Listener(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        }
    }

    static EmbeddedBroker start(Map<String, String> environment) {
        int port = Integer.parseInt(environment.get(PORT));
        int controllerPort = Integer.parseInt(environment.get(CONTROLLER_PORT));
        List<Listener> listeners = Arrays.stream(
                        Objects.requireNonNull(environment.get(LISTENERS)).split(","))
                .filter(text -> !text.isEmpty())
                .map(Listener::parse)
                .toList();
        return EmbeddedBroker.start(new EmbeddedBrokerSettings(
                Path.of(environment.get(DIRECTORY)), "127.0.0.1", port, properties(port, controllerPort, listeners)));
    }

    private static Map<String, String> properties(int port, int controllerPort, List<Listener> clients) {
        Map<String, String> listening = new LinkedHashMap<>(Map.of(OWN, address(port)));
        Map<String, String> advertised = new LinkedHashMap<>(listening);
        clients.forEach(client -> {
            listening.put(client.name(), address(client.port()));
            advertised.put(client.name(), address(client.advertised()));
        });
        listening.put(CONTROLLER, address(controllerPort));
        Map<String, String> protocols = new LinkedHashMap<>();
        listening.keySet().forEach(name -> protocols.put(name, OWN));
        Map<String, String> properties = new HashMap<>();
        properties.put("listeners", joined(listening, "://"));
        properties.put("advertised.listeners", joined(advertised, "://"));
        properties.put("listener.security.protocol.map", joined(protocols, ":"));
        properties.put("controller.quorum.voters", NODE_ID + "@" + address(controllerPort));
        properties.put("num.network.threads", "1");
        return properties;
    }

    private static String address(int port) {
        return "127.0.0.1:" + port;
    }

    private static String joined(Map<String, String> values, String separator) {
        return String.join(
                ",",
                values.entrySet().stream()
                        .map(entry -> entry.getKey() + separator + entry.getValue())
                        .toList());
    }
}
