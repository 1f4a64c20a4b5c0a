package io.vmrestore.planner.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.RestoreCancelled;
import io.vmrestore.common.contract.RestoreEvent.RestoreCompleted;
import io.vmrestore.embedded.testing.RestartableBroker;
import io.vmrestore.planner.PlannerApplication;
import io.vmrestore.planner.PlannerArguments;
import io.vmrestore.planner.TopicReader;
import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.ThreadMetadata;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

/** The broker is away for longer than every timeout of dispatch's and planning's clients, in the middle of restores. */
@Timeout(300)
class LongOutageTest {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
    void everythingThatWasUnderWayComesToItsEnd(String guarantee) {
        PlayedRestore running = PlayedRestore.of(Tenant.A);
        PlayedRestore expiring = PlayedRestore.of(Tenant.A);
        PlayedRestore planning = PlayedRestore.of(Tenant.B);
        AtomicBoolean over = new AtomicBoolean();
        List<RunStep> unanswered = new CopyOnWriteArrayList<>();
        try (RestartableBroker broker = RestartableBroker.start(directory);
                Simulator cloud = Simulator.start(SimulatorSettings.instant());
                ConfigurableApplicationContext planner = planner(broker.bootstrapServers(), cloud, guarantee);
                KafkaProducer<String, byte[]> producer = PlayedRestore.producer(broker.bootstrapServers());
                TopicReader topics = TopicReader.withExecutor(broker.bootstrapServers(), step -> {
                    if (step.step().action() == Action.CREATE_VOLUME && !over.get()) {
                        unanswered.add(step);
                    } else {
                        PlayedRestore.answer(producer, step);
                    }
                })) {
            PlayedRestore.publish(producer, running.requested());
            topics.awaitEvent(running.jobId(), PlanCreated.class);
            PlayedRestore.publish(producer, running.executionRequested());
            topics.awaitTrue("the volume is commanded", () -> !unanswered.isEmpty());
            // Its plan is to be published while the broker is away,
            cloud.faults().once("^GET .*" + Tenant.B.projectId() + "/", new Fault.Slow(Duration.ofSeconds(15)));
            PlayedRestore.publish(producer, planning.requested());
            // and this one's expires then.
            PlayedRestore.publish(producer, expiring.requested());
            topics.awaitEvent(expiring.jobId(), PlanCreated.class);
            Set<String> threads = threads(planner);

            broker.stop();
            MeterRegistry meters = planner.getBean(MeterRegistry.class);
            await("a plan could not be published in time")
                    .atMost(LIMIT)
                    .until(() -> meters.get("restore.intake.retries").counter().count() > 0);
            // The one that ends may wait for the broker to close its transaction; it is not waited for.
            await("another thread of dispatch has taken the place of one that ended")
                    .atMost(LIMIT)
                    .until(() -> !threads.containsAll(threads(planner)));
            broker.returnAfter(longestTimeout(planner));
            over.set(true);
            unanswered.forEach(step -> PlayedRestore.answer(producer, step));

            topics.awaitEvent(running.jobId(), RestoreCompleted.class);
            topics.awaitEvent(planning.jobId(), PlanCreated.class);
            topics.awaitEvent(expiring.jobId(), RestoreCancelled.class);
            List<String> commands =
                    topics.steps(running.jobId()).stream().map(RunStep::id).toList();
            assertThat(new HashSet<>(commands))
                    .as("each step once, at its first attempt")
                    .hasSize(8);
            assertThat(planner.getBean(DispatchHealth.class).health().getDetails())
                    .containsEntry("state", "RUNNING");
        }
    }

    private static ConfigurableApplicationContext planner(String kafka, Simulator cloud, String guarantee) {
        return PlannerApplication.builder()
                .run(PlannerArguments.of(
                        kafka,
                        cloud,
                        "--RESTORE_DISPATCH_GUARANTEE=" + guarantee,
                        "--RESTORE_PLAN_TTL=12s",
                        "--spring.kafka.streams.properties.task.timeout.ms=3000",
                        "--spring.kafka.streams.properties.default.api.timeout.ms=4000",
                        "--spring.kafka.streams.properties.request.timeout.ms=3000",
                        "--spring.kafka.streams.properties.max.block.ms=4000",
                        "--spring.kafka.streams.properties.max.poll.interval.ms=15000",
                        "--spring.kafka.consumer.properties.default.api.timeout.ms=4000",
                        "--spring.kafka.consumer.properties.request.timeout.ms=3000",
                        "--spring.kafka.consumer.properties.max.poll.interval.ms=15000",
                        "--spring.kafka.producer.properties.delivery.timeout.ms=4000",
                        "--spring.kafka.producer.properties.request.timeout.ms=3000",
                        "--spring.kafka.producer.properties.max.block.ms=4000"));
    }

    private static Set<String> threads(ConfigurableApplicationContext planner) {
        KafkaStreams streams = Objects.requireNonNull(
                planner.getBean(StreamsBuilderFactoryBean.class).getKafkaStreams());
        return streams.metadataForLocalThreads().stream()
                .map(ThreadMetadata::threadName)
                .collect(Collectors.toSet());
    }

    private static Duration longestTimeout(ConfigurableApplicationContext planner) {
        Properties streams = Objects.requireNonNull(
                planner.getBean(StreamsBuilderFactoryBean.class).getStreamsConfiguration());
        StreamsConfig dispatch = new StreamsConfig(streams);
        KafkaProperties planning = planner.getBean(KafkaProperties.class);
        List<AbstractConfig> clients = List.of(
                dispatch,
                RestartableBroker.consumer(dispatch.getMainConsumerConfigs("group", "client", 1)),
                RestartableBroker.producer(dispatch.getProducerConfigs("client")),
                RestartableBroker.consumer(planning.buildConsumerProperties()),
                RestartableBroker.producer(planning.buildProducerProperties()));
        Duration longest = RestartableBroker.longest(
                clients,
                StreamsConfig.TASK_TIMEOUT_MS_CONFIG,
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                ProducerConfig.MAX_BLOCK_MS_CONFIG);
        assertThat(longest).as("dispatch's own; the others are shortened").isEqualTo(Duration.ofSeconds(15));
        assertThat(planner.getBean(DispatchSettings.class).sessionTimeout()).isLessThan(longest);
        return longest;
    }
}
