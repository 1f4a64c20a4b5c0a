package io.vmrestore.executor.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.fair.FairPlaces;
import io.vmrestore.common.seal.TextSeal;
import io.vmrestore.executor.poll.PollPace;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.executor.step.Steps;
import io.vmrestore.intake.Handler;
import io.vmrestore.openstack.OpenStack;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
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
        StopCommands stops = new StopCommands(readers);
        stops.start();
        return new StepRunner(
                name,
                cloud,
                new Steps(cloud, new StatusPollers(cloud, PollPace.DEFAULT), seal),
                new Outbox(kafka),
                new AnswerLog(readers),
                stops,
                new Heartbeats(heartbeatInterval),
                new FairPlaces(1000),
                meters);
    }
}
