package io.vmrestore.embedded.testing;

import static org.awaitility.Awaitility.await;

import io.vmrestore.embedded.EmbeddedBroker;
import io.vmrestore.embedded.EmbeddedBrokerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A broker of one test, which goes away and comes back on the same port with what it had. */
public final class RestartableBroker implements AutoCloseable {
    /** Beyond the outages that a test asks for. */
    private static final Duration SLACK = Duration.ofSeconds(60);

    private final EmbeddedBrokerSettings settings;
    private @Nullable EmbeddedBroker running;
    private long stoppedNanoTime;

    private RestartableBroker(EmbeddedBrokerSettings settings, EmbeddedBroker running) {
        this.settings = settings;
        this.running = running;
    }

    public static RestartableBroker start(Path directory) {
        EmbeddedBrokerSettings anyPort = EmbeddedBrokerSettings.in(directory);
        EmbeddedBroker broker = EmbeddedBroker.start(anyPort);
        String address = broker.bootstrapServers();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return new RestartableBroker(anyPort.withPort(port), broker);
    }

    public String bootstrapServers() {
        return settings.host() + ":" + settings.port();
    }

    /** Stops; returns when nobody is answered any more. */
    public void stop() {
        EmbeddedBroker broker = running;
        running = null;
        if (broker != null) {
            broker.close();
            stoppedNanoTime = System.nanoTime();
        }
    }

    /** Comes back when it has been away for longer than that. */
    public void returnAfter(Duration outage) {
        await("an outage of more than " + outage)
                .atMost(outage.plus(SLACK))
                .until(() -> System.nanoTime() - stoppedNanoTime > outage.toNanos());
        running = EmbeddedBroker.start(settings);
    }

    /** The longest of these settings in all configurations, with Kafka's defaults where they are not set. */
    public static Duration longest(Collection<? extends AbstractConfig> clients, String... names) {
        List<String> wanted = Arrays.asList(names);
        return clients.stream()
                .flatMap(client -> client.values().entrySet().stream())
                .filter(entry -> wanted.contains(entry.getKey()))
                .map(entry -> Duration.ofMillis(((Number) entry.getValue()).longValue()))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    /** Settings as a consumer has them; what it reads with is no matter. */
    public static AbstractConfig consumer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return new ConsumerConfig(all);
    }

    /** Settings as a producer has them; what it writes with is no matter. */
    public static AbstractConfig producer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return new ProducerConfig(all);
    }

    @Override
    public void close() {
        stop();
    }
}
