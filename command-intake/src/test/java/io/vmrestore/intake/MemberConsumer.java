package io.vmrestore.intake;

import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A Kafka consumer, as far as a poller uses one, whose every call another object answers. */
final class MemberConsumer {
    final Set<TopicPartition> paused = new HashSet<>();
    final Set<TopicPartition> assignment = new HashSet<>();
    private final Behaviour behaviour;

    @Nullable
    ConsumerRebalanceListener listener;

    /** What the group's coordinator and the partitions' leaders do. */
    interface Behaviour {
        Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> poll(MemberConsumer member);

        void commitAsync(
                MemberConsumer member, Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback);

        void commitSync(MemberConsumer member, Map<TopicPartition, OffsetAndMetadata> offsets);

        void left(MemberConsumer member);
    }

    MemberConsumer(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    @SuppressWarnings("unchecked")
    Consumer<String, byte[]> consumer() {
        return (Consumer<String, byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Consumer.class},
                (_, method, arguments) -> answer(method.getName(), arguments));
    }

    @SuppressWarnings("unchecked")
    private @Nullable Object answer(String method, Object @Nullable [] arguments) {
        Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
        Object second = arguments == null || arguments.length < 2 ? null : arguments[1];
        switch (method) {
            case "subscribe" -> listener = (ConsumerRebalanceListener) second;
            case "pause" -> paused.addAll((Collection<TopicPartition>) first);
            case "resume" -> paused.removeAll(List.copyOf((Collection<TopicPartition>) first));
            case "commitAsync" ->
                behaviour.commitAsync(
                        this, (Map<TopicPartition, OffsetAndMetadata>) first, (OffsetCommitCallback) second);
            case "commitSync" -> behaviour.commitSync(this, (Map<TopicPartition, OffsetAndMetadata>) first);
            case "close" -> behaviour.left(this);
            case "paused" -> {
                return Set.copyOf(paused);
            }
            case "assignment" -> {
                return Set.copyOf(assignment);
            }
            case "currentLag" -> {
                return OptionalLong.empty();
            }
            case "poll" -> {
                return new ConsumerRecords<>(behaviour.poll(this), Map.of());
            }
            default -> throw new UnsupportedOperationException(method);
        }
        return null;
    }
}
