package io.vmrestore.executor;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.fair.FairPlaces;
import io.vmrestore.common.metrics.Metric;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.executor.attempt.AttemptRunner;
import io.vmrestore.executor.attempt.Heartbeats;
import io.vmrestore.executor.attempt.StopSignals;
import io.vmrestore.executor.command.AnswerLog;
import io.vmrestore.executor.command.CommandHandler;
import io.vmrestore.executor.command.CommandIntake;
import io.vmrestore.executor.command.StepProgress;
import io.vmrestore.executor.command.StopCommands;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.executor.publish.CommittedReader;
import io.vmrestore.executor.publish.EventPublisher;
import io.vmrestore.executor.step.Steps;
import io.vmrestore.executor.userdata.SecretLog;
import io.vmrestore.executor.userdata.UserData;
import io.vmrestore.intake.IntakeSettings;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.support.health.ProgressHealth;
import io.vmrestore.support.health.ProgressSettings;
import io.vmrestore.support.metrics.Meters;
import io.vmrestore.support.seal.EncryptionSettings;
import io.vmrestore.support.topics.TopicCreation;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

/** Puts the parts of the executor together. */
@Configuration(proxyBeanMethods = false)
class ExecutorConfiguration {

    @Bean
    StatusPollers statusPollers(OpenStack cloud, ExecutorSettings settings, TimeSource time) {
        return new StatusPollers(cloud, settings.polling().pace(), time);
    }

    @Bean
    SecretLog secretLog(KafkaProperties kafka, KafkaConnectionDetails broker, TimeSource time) {
        return new SecretLog(CommittedReader.of(consumer(kafka, broker)), time);
    }

    @Bean
    UserData userData(EncryptionSettings encryption, SecretLog secrets) {
        return new UserData(encryption.seal(), secrets);
    }

    @Bean
    Heartbeats heartbeats(ExecutorSettings settings, TimeSource time) {
        return new Heartbeats(settings.heartbeatInterval(), time);
    }

    @Bean
    AnswerLog answerLog(KafkaProperties kafka, KafkaConnectionDetails broker, TimeSource time) {
        return new AnswerLog(CommittedReader.of(consumer(kafka, broker)), time);
    }

    @Bean
    StopSignals stopSignals() {
        return new StopSignals();
    }

    @Bean
    StopCommands stopCommands(
            KafkaProperties kafka, KafkaConnectionDetails broker, StopSignals stops, TimeSource time) {
        return new StopCommands(CommittedReader.of(consumer(kafka, broker)), stops, time);
    }

    @Bean
    EventPublisher eventPublisher(KafkaTemplate<String, byte[]> kafka) {
        return new EventPublisher(kafka);
    }

    @Bean
    AttemptRunner attemptRunner(
            ExecutorSettings settings,
            OpenStack cloud,
            EventPublisher publisher,
            StopSignals stops,
            Heartbeats heartbeats,
            TimeSource time,
            Chance chance,
            MeterRegistry meters) {
        FairPlaces places = new FairPlaces(settings.window());
        new Meters(meters).gauge(Metric.STEPS_WAITING, places, FairPlaces::waiting);
        return new AttemptRunner(
                settings.name(),
                cloud,
                publisher,
                stops,
                heartbeats,
                places,
                settings.outages().patience(),
                time,
                chance,
                meters);
    }

    @Bean
    CommandHandler commandHandler(
            Steps steps,
            AttemptRunner attempts,
            AnswerLog answers,
            EventPublisher publisher,
            TimeSource time,
            MeterRegistry meters) {
        return new CommandHandler(steps, attempts, answers, publisher, time, meters);
    }

    @Bean
    CommandIntake commandIntake(
            ExecutorSettings settings,
            CommandHandler handler,
            StopCommands stops,
            TopicCreation topics,
            KafkaProperties kafka,
            KafkaConnectionDetails broker,
            TimeSource time,
            Chance chance,
            MeterRegistry meters) {
        Map<String, Object> consumer = consumer(kafka, broker);
        consumer.put("group.id", settings.consumerGroup());
        IntakeSettings intake = new IntakeSettings(
                "executor", Topics.stepCommands(), consumer, settings.backlog(), settings.closeTimeout());
        return new CommandIntake(topics, intake, handler, stops, meters, time, chance);
    }

    @Bean
    StepProgress stepProgress(CommandIntake intake, CommandHandler handler) {
        return new StepProgress(intake, handler);
    }

    @Bean
    ProgressHealth stepProgressHealthIndicator(
            StepProgress progress, ProgressSettings limit, ExecutorSettings settings) {
        settings.requireAgreement(limit);
        return new ProgressHealth(progress::shown, limit);
    }

    private static Map<String, Object> consumer(KafkaProperties kafka, KafkaConnectionDetails broker) {
        Map<String, Object> consumer = new HashMap<>(kafka.buildConsumerProperties());
        consumer.put("bootstrap.servers", String.join(",", broker.getConsumer().getBootstrapServers()));
        return consumer;
    }
}
