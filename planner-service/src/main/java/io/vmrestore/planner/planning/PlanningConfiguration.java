package io.vmrestore.planner.planning;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.fair.FairPlaces;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.intake.IntakeSettings;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.support.health.Progress;
import io.vmrestore.support.health.ProgressHealth;
import io.vmrestore.support.health.ProgressSettings;
import io.vmrestore.support.seal.EncryptionSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** Wires planning into Spring. */
@Configuration(proxyBeanMethods = false)
class PlanningConfiguration {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** Commands that wait for a place are small, and no more than restores may be planned at once by default. */
    private static final int WAITING = 2000;

    @Bean
    PlanningIntake planningHealthIndicator(
            PlanningSettings settings,
            EncryptionSettings encryption,
            OpenStack cloud,
            KafkaTemplate<String, byte[]> kafka,
            ConsumerFactory<?, ?> consumers,
            TimeSource time,
            Chance chance,
            MeterRegistry meters) {
        Planner planner = new Planner(cloud, settings, time);
        Map<String, Object> consumer = new HashMap<>(consumers.getConfigurationProperties());
        consumer.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
        return new PlanningIntake(
                new IntakeSettings(
                        "planning",
                        List.of(Topics.PLAN_COMMANDS),
                        consumer,
                        settings.window() + WAITING,
                        CLOSE_TIMEOUT),
                new PlanCommands(planner, encryption.seal(), kafka, time, meters, new FairPlaces(settings.window())),
                meters,
                time,
                chance);
    }

    @Bean
    ProgressHealth planningProgressHealthIndicator(PlanningIntake intake, ProgressSettings settings) {
        return new ProgressHealth(
                () -> new Progress().silent("oldest_unanswered", intake.oldestUnanswered()), settings);
    }
}
