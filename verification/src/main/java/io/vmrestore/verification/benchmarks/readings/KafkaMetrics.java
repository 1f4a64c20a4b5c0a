package io.vmrestore.verification.benchmarks.readings;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What Kafka's clients in a process, or the broker in it, count and publish over JMX. */
public final class KafkaMetrics implements Source, AutoCloseable {
    public static final String CLIENTS = "Kafka requests by client";
    public static final String BROKER = "Kafka requests by kind, at the broker";

    private static final String PRODUCERS = "kafka.producer:type=producer-metrics,client-id=*";
    private static final String FETCHES = "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*";
    private static final String REQUESTS = "kafka.network:type=RequestMetrics,name=RequestsPerSec,request=*,*";

    private final String name;
    private final JMXConnector connector;

    private KafkaMetrics(String name, JMXConnector connector) {
        this.name = name;
        this.connector = connector;
    }

    /**
     * Connects to a JVM of this user and machine, which needs no setting for it.
     *
     * @param name of the process in the table
     */
    @SuppressWarnings("BanJNDI") // The address is what the JVM's own agent has just said, not what somebody gave.
    public static KafkaMetrics attach(String name, long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                return new KafkaMetrics(
                        name, JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException refused) {
            throw new IOException("The process of " + name + " lets nobody read its metrics", refused);
        }
    }

    @Override
    public Map<Counter, Double> read() throws IOException, JMException {
        MBeanServerConnection beans = connector.getMBeanServerConnection();
        Map<Counter, Double> counters = new LinkedHashMap<>();
        for (ObjectName bean : beans.queryNames(new ObjectName(PRODUCERS), null)) {
            add(counters, beans, bean, CLIENTS, who(bean) + ", producers: all requests", "request-total");
            add(counters, beans, bean, CLIENTS, who(bean) + ", producers: records sent", "record-send-total");
        }
        for (ObjectName bean : beans.queryNames(new ObjectName(FETCHES), null)) {
            add(counters, beans, bean, CLIENTS, who(bean) + ", consumers: fetches", "fetch-total");
        }
        for (ObjectName bean : beans.queryNames(new ObjectName(REQUESTS), null)) {
            String kind = bean.getKeyProperty("request");
            // The broker counts fetches once more by who fetches.
            if (!kind.matches("Fetch.+")) {
                add(counters, beans, bean, BROKER, kind, "Count");
            }
        }
        return counters;
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException gone) {
            // So is what it was connected to.
        }
    }

    /** The process, and which part of it: Kafka Streams has clients of its own. */
    private String who(ObjectName bean) {
        return bean.getKeyProperty("client-id").contains("StreamThread") ? name + " (dispatch)" : name;
    }

    private static void add(
            Map<Counter, Double> counters,
            MBeanServerConnection beans,
            ObjectName bean,
            String group,
            String shownAs,
            String attribute)
            throws IOException, JMException {
        Object value = beans.getAttribute(bean, attribute);
        counters.put(new Counter(group, shownAs, bean.getCanonicalName()), ((Number) value).doubleValue());
    }
}
