package io.vmrestore.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.embedded.testing.RestartableBroker;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.volume.VolumeStatus;
import io.vmrestore.simulator.engine.Owner;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.AbstractConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/** The broker is away for longer than every timeout of the service's clients. */
@Timeout(240)
class LongOutageTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String GROUP = "executor-service";

    @TempDir
    private Path directory;

    @Test
    void a_step_at_work_makes_one_resource_and_is_answered_and_acknowledged_afterwards() throws Exception {
        try (RestartableBroker broker = RestartableBroker.start(directory);
                RunningExecutor executor = new RunningExecutor(
                        broker.bootstrapServers(),
                        Action.CREATE_VOLUME,
                        "--restore.executor.close-timeout=0s",
                        "--spring.kafka.producer.properties.delivery.timeout.ms=4000",
                        "--spring.kafka.producer.properties.request.timeout.ms=2000",
                        "--spring.kafka.producer.properties.max.block.ms=4000",
                        "--spring.kafka.consumer.properties.default.api.timeout.ms=4000",
                        "--spring.kafka.consumer.properties.request.timeout.ms=2000",
                        "--spring.kafka.consumer.properties.max.poll.interval.ms=6000")) {
            RestoreFixture restore = executor.restore;
            StepTask task =
                    restore.volumeTask(restore.webPlan(IpStrategy.NEW_IPS).withoutUserData());
            restore.simulator.faults().once("restored-", new Fault.VolumeStuck());
            StepAddress step = new StepAddress(
                    restore.jobId,
                    RestoreFixture.TENANT.webServerId(),
                    RestoreFixture.TENANT.projectId(),
                    3,
                    Action.CREATE_VOLUME,
                    1);
            Instant now = Instant.now();
            executor.send(new RunStep(step, now, now.plusSeconds(600), task));
            await("the volume is named")
                    .atMost(LIMIT)
                    .until(() -> executor.events.of(step).stream()
                            .anyMatch(event -> event instanceof StepProgressed progress
                                    && !progress.resources().isEmpty()));

            broker.stop();
            finish(restore);
            MeterRegistry meters = executor.service.getBean(MeterRegistry.class);
            await("the outcome could not be published in time, more than once")
                    .atMost(LIMIT)
                    .until(() -> meters.get("restore.intake.retries").counter().count() > 1);
            broker.returnAfter(longestTimeout(executor));

            assertThat(executor.events.outcome(step)).isInstanceOfSatisfying(StepCompleted.class, completed -> {
                assertThat(completed.resources()).extracting(Resource::type).containsExactly(ResourceType.VOLUME);
                assertThat(completed.resources())
                        .extracting(Resource::id)
                        .containsExactly(restore.volumes().getFirst().id());
            });
            assertThat(restore.volumes()).hasSize(1);
            await("the command is acknowledged").atMost(LIMIT).until(() -> behind(broker.bootstrapServers()) == 0);
            assertThat(executor.events.of(step))
                    .filteredOn(StepCompleted.class::isInstance)
                    .extracting(event -> event.id())
                    .containsOnly(step.id() + "/StepCompleted");
        }
    }

    /** The cloud gets on while nobody can be told. */
    private static void finish(RestoreFixture restore) {
        Cloud cloud = restore.simulator.cloud();
        Owner admin = new Owner(SampleCloud.SERVICE_PROJECT_ID, SampleCloud.userId(SampleCloud.ADMIN));
        cloud.run(() -> cloud.volumes()
                .reset(cloud.callerFor(admin), restore.volumes().getFirst().id(), VolumeStatus.AVAILABLE));
    }

    private static Duration longestTimeout(RunningExecutor executor) {
        KafkaProperties kafka = executor.service.getBean(KafkaProperties.class);
        List<AbstractConfig> clients = List.of(
                RestartableBroker.producer(kafka.buildProducerProperties()),
                RestartableBroker.consumer(kafka.buildConsumerProperties()));
        Duration longest = RestartableBroker.longest(
                clients,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
        assertThat(longest).as("shortened for this test").isEqualTo(Duration.ofSeconds(6));
        return longest;
    }

    /** How many commands are not acknowledged. */
    private static long behind(String kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, OffsetSpec> commands = new HashMap<>();
            for (int partition = 0; partition < 2; partition++) {
                commands.put(new TopicPartition(Topics.commands(Action.CREATE_VOLUME), partition), OffsetSpec.latest());
            }
            long behind = 0;
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
                    admin.listOffsets(commands).all().get().entrySet()) {
                OffsetAndMetadata position = committed.get(end.getKey());
                behind += end.getValue().offset() - (position == null ? 0 : position.offset());
            }
            return behind;
        }
    }
}
