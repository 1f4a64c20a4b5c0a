package io.vmrestore.embedded;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** The properties of a single-node broker: what every broker for this product should do, and where one listens. */
public final class BrokerProperties {
    static final int NODE_ID = 1;
    static final String CLIENT_LISTENER = "PLAINTEXT";
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private BrokerProperties() {}

    /**
     * How a single broker behaves, wherever it runs: the test fixture gives the same properties to a Kafka container.
     * Timeouts are in milliseconds.
     */
    public static Map<String, String> behaviour() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("auto.create.topics.enable", "false");
        properties.put("message.max.bytes", "2097152");

        // One node: nothing to replicate to. Few internal partitions open fast at a start.
        properties.put("default.replication.factor", "1");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "4");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "4");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "4");

        // A killed broker may register again only when its old registration has expired. Much shorter is dangerous: a
        // broker that was merely short of processor time is then declared dead, and Kafka 4.2 has been seen to take up
        // its groups anew as if they were empty, to write that into their log, and never to be able to read it again.
        properties.put("broker.session.timeout.ms", "6000");
        properties.put("broker.heartbeat.interval.ms", "300");

        // KIP-848 and KIP-1071 groups take their session timeout from the broker: it is the time to a failover.
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("group.min.session.timeout.ms", "1000");
        for (String kind : new String[] {"group.consumer", "group.streams"}) {
            properties.put(kind + ".session.timeout.ms", "6000");
            properties.put(kind + ".min.session.timeout.ms", "1000");
            properties.put(kind + ".heartbeat.interval.ms", "1000");
            properties.put(kind + ".min.heartbeat.interval.ms", "300");
        }
        properties.put("group.streams.initial.rebalance.delay.ms", "0");

        // Readers of committed records wait for a killed producer's transaction: look for expired ones every second.
        properties.put("transaction.max.timeout.ms", "60000");
        properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        return properties;
    }

    /** All properties of an embedded broker that listens for clients and, on loopback only, for itself. */
    static Properties embedded(EmbeddedBrokerSettings settings, int port, int controllerPort) {
        Properties properties = new Properties();
        properties.putAll(behaviour());
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(NODE_ID));
        properties.put("log.dirs", settings.directory().toString());
        properties.put(
                "listeners",
                "%s://%s:%d,%s://127.0.0.1:%d"
                        .formatted(CLIENT_LISTENER, settings.host(), port, CONTROLLER_LISTENER, controllerPort));
        properties.put("advertised.listeners", "%s://%s:%d".formatted(CLIENT_LISTENER, settings.host(), port));
        properties.put("inter.broker.listener.name", CLIENT_LISTENER);
        properties.put("controller.listener.names", CONTROLLER_LISTENER);
        properties.put(
                "listener.security.protocol.map",
                "%s:PLAINTEXT,%s:PLAINTEXT".formatted(CLIENT_LISTENER, CONTROLLER_LISTENER));
        // A static voter is not written to the log, so the controller's port may differ at the next start.
        properties.put("controller.quorum.voters", "%d@127.0.0.1:%d".formatted(NODE_ID, controllerPort));

        // A killed process loses nothing that was acknowledged. With no replica, a power failure would lose what the
        // operating system has not written yet: bound that to a second.
        properties.put("log.flush.interval.ms", "1000");
        properties.put("log.flush.scheduler.interval.ms", "1000");

        // The broker shares its JVM with the services: fewer threads, and not 128 MB of heap for the cleaner's map.
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
        properties.put("background.threads", "2");
        properties.put("log.cleaner.dedupe.buffer.size", "16777216");

        // Without a limit a failed start waits forever; with 18 processes on 2 cores a good one took 30 seconds.
        properties.put("server.max.startup.time.ms", "180000");
        properties.putAll(settings.properties());
        return properties;
    }
}
