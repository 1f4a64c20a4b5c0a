package io.vmrestore.executor;

import static org.awaitility.Awaitility.await;

import io.vmrestore.common.codec.CommandCodec;
import io.vmrestore.common.codec.SecretCodec;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreCommand;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.Sealed;
import io.vmrestore.common.contract.SecretAddress;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.seal.SealedText;
import io.vmrestore.embedded.testing.TestInfrastructure;
import io.vmrestore.executor.command.CommandHandler;
import io.vmrestore.executor.command.CommandIntake;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.intake.Assignment;
import io.vmrestore.simulator.sample.SampleCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service on a real broker and a simulated cloud, with what sends its commands and reads its events. */
final class RunningExecutor implements AutoCloseable {
    static final Duration HEARTBEAT = Duration.ofMillis(200);

    final RestoreFixture restore = new RestoreFixture();
    final ConfigurableApplicationContext service;
    final KafkaProducer<String, byte[]> producer;
    final EventReader events;
    private final String kafka;

    /**
     * Starts on the broker of all tests and waits until commands are taken in.
     *
     * @param read whose dead letters are read
     * @param more arguments, over those of every test
     */
    RunningExecutor(Action read, String... more) {
        this(TestInfrastructure.kafkaBootstrapServers(), read, more);
    }

    /** The same on another broker. */
    RunningExecutor(String kafka, Action read, String... more) {
        this.kafka = kafka;
        List<String> arguments = arguments();
        arguments.addAll(List.of(more));
        service = ExecutorApplication.builder().run(arguments.toArray(String[]::new));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> service.getBean(CommandIntake.class)
                        .health()
                        .getStatus()
                        .equals(Status.UP));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "linger.ms", 0), new StringSerializer(), new ByteArraySerializer());
        events = new EventReader(kafka, Topics.deadLetter(Topics.commands(read)));
    }

    /** What every test starts the service with. */
    List<String> arguments() {
        return new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--spring.kafka.bootstrap-servers=" + kafka,
                "--restore.executor.name=executor-under-test",
                "--restore.encryption.key=" + RestoreFixture.KEY,
                "--restore.executor.heartbeat-interval=" + HEARTBEAT.toMillis() + "ms",
                "--restore.topics.partitions=2",
                "--restore.topics.replication=1",
                "--restore.cloud.auth-url=" + restore.simulator.authUrl(),
                "--restore.cloud.user-name=" + SampleCloud.ADMIN,
                "--restore.cloud.password=" + SampleCloud.ADMIN_PASSWORD,
                "--restore.cloud.project-name=service",
                "--restore.cloud.service-user-email=" + SampleCloud.SERVICE_USER,
                "--restore.cloud.service-user-password=" + SampleCloud.SERVICE_USER_PASSWORD));
    }

    void send(RestoreCommand command) {
        producer.send(CommandCodec.encode(command));
    }

    /** Keeps user_data as planning does. */
    Sealed keep(UUID job, SealedText text) {
        try {
            RecordMetadata kept = producer.send(SecretCodec.encode(job, text)).get();
            return Sealed.at(new SecretAddress(kept.partition(), kept.offset()), 1);
        } catch (ExecutionException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Has a step carried out and waits until it is completed. */
    StepCompleted run(UUID job, int order, Action action, StepTask task) {
        StepAddress step = address(job, order, action);
        send(new RunStep(step, Instant.now(), Instant.now().plusSeconds(60), task));
        return (StepCompleted) events.outcome(step);
    }

    /** As a command looks that was published some time ago. */
    void sendAsOf(Instant published, RunStep command) {
        ProducerRecord<String, byte[]> record = CommandCodec.encode(command);
        producer.send(new ProducerRecord<>(
                record.topic(), null, published.toEpochMilli(), record.key(), record.value(), record.headers()));
    }

    /** Hands a command over as the intake does. */
    void handle(RunStep command, Assignment assignment) throws Exception {
        service.getBean(CommandHandler.class).handle(received(command), assignment);
    }

    private static ConsumerRecord<String, byte[]> received(RunStep command) {
        ProducerRecord<String, byte[]> sent = CommandCodec.encode(command);
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                0,
                System.currentTimeMillis(),
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }

    static StepAddress address(UUID job, int order, Action action) {
        return new StepAddress(
                job, RestoreFixture.TENANT.webServerId(), RestoreFixture.TENANT.projectId(), order, action, 1);
    }

    static String id(StepCompleted completed, ResourceType type) {
        return completed.resources().stream()
                .filter(resource -> resource.type() == type)
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Override
    public void close() {
        events.close();
        producer.close();
        service.close();
        restore.close();
    }
}
