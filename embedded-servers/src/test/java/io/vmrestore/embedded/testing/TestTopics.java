package io.vmrestore.embedded.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Creates topics for a test and deletes them when it is closed; the broker creates none by itself. */
public final class TestTopics implements AutoCloseable {
    private static final long LIMIT_SECONDS = 30;

    private final Admin admin;
    private final List<String> created = new ArrayList<>();

    private TestTopics(Admin admin) {
        this.admin = admin;
    }

    /** Topics on {@link TestInfrastructure}'s broker. */
    public static TestTopics open() {
        return open(TestInfrastructure.kafkaBootstrapServers());
    }

    /** Topics on any broker. */
    public static TestTopics open(String bootstrapServers) {
        return new TestTopics(Admin.create(Map.of("bootstrap.servers", bootstrapServers)));
    }

    /** Returns a name that no other test uses: the prefix, a dash and random letters. Creates nothing. */
    public static String uniqueName(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Creates a topic with default settings and returns its name. */
    public String create(String name, int partitions) {
        create(List.of(new NewTopic(name, partitions, (short) 1)));
        return name;
    }

    /** Creates topics with settings of their own, and returns when the broker knows them. */
    public void create(Collection<NewTopic> topics) {
        await(() -> admin.createTopics(topics).all().get(LIMIT_SECONDS, TimeUnit.SECONDS), "create " + topics);
        topics.forEach(topic -> created.add(topic.name()));
    }

    /** Deletes the topics that this object created. */
    @Override
    public void close() {
        try (admin) {
            await(() -> admin.deleteTopics(created).all().get(LIMIT_SECONDS, TimeUnit.SECONDS), "delete " + created);
        }
    }

    private static void await(KafkaCall call, String what) {
        try {
            call.run();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Cannot " + what + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting to " + what, e);
        }
    }

    @FunctionalInterface
    private interface KafkaCall {
        void run() throws ExecutionException, TimeoutException, InterruptedException;
    }
}
