package io.vmrestore.executor.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.fair.FairPlaces;
import io.vmrestore.common.seal.TextSeal;
import io.vmrestore.executor.attempt.AttemptRunner;
import io.vmrestore.executor.attempt.Heartbeats;
import io.vmrestore.executor.attempt.StopSignals;
import io.vmrestore.executor.poll.PollPace;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.executor.publish.EventPublisher;
import io.vmrestore.executor.step.Steps;
import io.vmrestore.intake.Handler;
import io.vmrestore.openstack.OpenStack;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.kafka.core.KafkaTemplate;

/** The runner of steps as the executor-service puts it together. */
public final class SimulatedExecutor {
    private SimulatedExecutor() {}

    /** What carries commands out; it listens for stops from now on. */
    public static Handler handler(
            String name,
            OpenStack cloud,
            TextSeal seal,
            KafkaTemplate<String, byte[]> kafka,
            Supplier<Consumer<String, byte[]>> readers,
            Duration heartbeatInterval,
            MeterRegistry meters) {
        StopSignals stops = new StopSignals();
        new StopCommands(readers, stops).start();
        EventPublisher publisher = new EventPublisher(kafka);
        Heartbeats heartbeats = new Heartbeats(heartbeatInterval);
        AttemptRunner attempts =
                new AttemptRunner(name, cloud, publisher, stops, heartbeats, new FairPlaces(1000), meters);
        return new CommandHandler(steps(cloud, seal), attempts, new AnswerLog(readers), publisher, meters);
    }

    /** The steps, found and put together as the service does. */
    private static Steps steps(OpenStack cloud, TextSeal seal) {
        StatusPollers pollers = new StatusPollers(cloud, PollPace.DEFAULT);
        try (var context = new AnnotationConfigApplicationContext()) {
            List.of(cloud, pollers, seal)
                    .forEach(part -> context.getBeanFactory()
                            .registerSingleton(part.getClass().getName(), part));
            context.scan(Steps.class.getPackageName());
            context.refresh();
            return context.getBean(Steps.class);
        }
    }
}
