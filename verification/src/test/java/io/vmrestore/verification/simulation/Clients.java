package io.vmrestore.verification.simulation;

import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.CancellationRequested;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Whoever asks for restores, executes and cancels them, sometimes twice. */
final class Clients {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Broker broker;
    private final Observer observer;
    private final SimulatedProcess process;
    private final SimulatedProducer gateway;
    private final Random random;
    private final List<UUID> jobs = new ArrayList<>();
    private int busy;

    Clients(Broker broker, Observer observer) {
        this.broker = broker;
        this.observer = observer;
        process = broker.schedule().process("client");
        gateway = new SimulatedProducer(broker, process, Duration.ofMinutes(10));
        random = broker.schedule().random();
    }

    List<UUID> jobs() {
        return jobs;
    }

    boolean done() {
        return busy == 0;
    }

    void begin(int restores, boolean mayReplace, boolean mayCancel) {
        for (int number = 0; number < restores; number++) {
            busy++;
            process.start("client", () -> {
                restore(mayReplace, mayCancel);
                busy--;
            });
        }
    }

    private void restore(boolean mayReplace, boolean mayCancel) {
        pause(15_000);
        UUID job = broker.schedule().chance().uuid();
        jobs.add(job);
        Tenant tenant = random.nextInt(4) == 0 ? Tenant.B : Tenant.A;
        String vm = List.of("web-1", "app-1", "app-1", "db-1").get(random.nextInt(4));
        String point = List.of("weekly", "daily").get(random.nextInt(2));
        String vmId = tenant.id("server/" + vm);
        IpStrategy[] strategies = IpStrategy.values();
        publish(new RestoreRequested(
                job,
                vmId,
                now(),
                tenant.projectId(),
                tenant.id("snapshot/" + vm + "-" + point),
                mayReplace && random.nextInt(3) == 0 ? RestoreMode.REPLACE : RestoreMode.NEW,
                null,
                strategies[random.nextInt(strategies.length)],
                "simulation"));
        if (!wait(job, JobStatus.PLANNED) || random.nextInt(30) == 0) {
            return;
        }
        pause(2000);
        int requests = random.nextInt(10) == 0 ? 2 : 1;
        for (int request = 0; request < requests; request++) {
            publish(new ExecutionRequested(
                    job, vmId, now(), broker.schedule().chance().uuid(), "simulation"));
        }
        if (mayCancel && random.nextInt(4) == 0) {
            pause(random.nextBoolean() ? 3000 : 20_000);
            publish(new CancellationRequested(job, vmId, now(), "simulation", null, null));
        }
    }

    private java.time.Instant now() {
        return broker.schedule().now();
    }

    private void publish(RestoreEvent event) {
        int times = random.nextInt(12) == 0 ? 2 : 1;
        for (int time = 0; time < times; time++) {
            var unused = gateway.send(EventCodec.encode(event), null);
        }
    }

    private void pause(int mostMillis) {
        broker.schedule().pause(Duration.ofMillis(random.nextInt(mostMillis)));
    }

    private boolean wait(UUID job, JobStatus status) {
        try {
            return broker.schedule()
                    .await(
                            () -> {
                                JobState state = observer.state(job);
                                return state != null
                                        && (state.status() == status
                                                || state.status().terminal());
                            },
                            PATIENCE);
        } catch (InterruptedException never) {
            throw new IllegalStateException(never);
        }
    }
}
