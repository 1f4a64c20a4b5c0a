package io.vmrestore.verification.simulation;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.faults.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lets things go wrong for a while, and heals them in the end. */
final class Nemesis {
    private static final int LONGEST_SECONDS = 90;

    /** How much more often something happens around a request that makes something than around any other. */
    private static final int ON_CREATION = 10;

    private final Broker broker;
    private final Cloud cloud;
    private final CloudNetwork network;
    private final List<Slot> slots;
    private final Scenario scenario;
    private final Schedule schedule;
    private final Random random;
    private final List<Runnable> faults = new ArrayList<>();
    private boolean done;

    Nemesis(Broker broker, Cloud cloud, CloudNetwork network, List<Slot> slots, Scenario scenario) {
        this.broker = broker;
        this.cloud = cloud;
        this.network = network;
        this.slots = slots;
        this.scenario = scenario;
        schedule = broker.schedule();
        random = schedule.random();
        addIf(scenario.kills(), this::kill);
        addIf(scenario.freezes(), this::freeze);
        addIf(scenario.moves(), this::move);
        addIf(scenario.outages(), this::outage);
        addIf(scenario.cloudFaults(), this::breakCloud);
    }

    private void addIf(boolean wanted, Runnable fault) {
        if (wanted) {
            faults.add(fault);
        }
    }

    boolean done() {
        return done;
    }

    void begin() {
        network.trouble(scenario.trouble());
        if (scenario.aims() > 0) {
            network.aim((process, request) -> aim(process, LookRule.makes(request) ? ON_CREATION : 1));
            broker.aim(process -> aim(process, 1));
        }
        SimulatedProcess process = schedule.process("nemesis");
        process.start("nemesis", () -> {
            long end = schedule.nanos()
                    + Duration.ofSeconds(10 + random.nextInt(LONGEST_SECONDS)).toNanos();
            while (!faults.isEmpty() && schedule.nanos() < end) {
                schedule.pause(Duration.ofMillis(random.nextInt(random.nextInt(3) > 0 ? 1500 : 6000)));
                faults.get(random.nextInt(faults.size())).run();
            }
            done = true;
            heal();
        });
    }

    /** Strikes where it hurts: around calls and publications. */
    private void aim(SimulatedProcess process, int weight) {
        if (done || !process.runs() || random.nextDouble() >= scenario.aims() * weight) {
            return;
        }
        slots.stream().filter(slot -> slot.holds(process)).findFirst().ifPresent(victim -> {
            if (scenario.freezes() && (random.nextBoolean() || !scenario.kills())) {
                freeze(victim);
            } else if (scenario.kills()) {
                kill(victim);
            }
        });
    }

    private Slot anyone() {
        return slots.get(random.nextInt(slots.size()));
    }

    private void later(int mostMillis, Runnable action) {
        schedule.after(Duration.ofMillis(random.nextInt(mostMillis)), action);
    }

    private void kill() {
        kill(anyone());
    }

    private void kill(Slot victim) {
        victim.kill();
        later(random.nextInt(3) == 0 ? 60_000 : 10_000, victim::restart);
    }

    private void freeze() {
        freeze(anyone());
    }

    private void freeze(Slot victim) {
        victim.freeze();
        later(random.nextBoolean() ? 3_000 : 60_000, victim::wake);
    }

    private void move() {
        List<ConsumerGroup> groups = broker.groups();
        if (!groups.isEmpty()) {
            ConsumerGroup group = groups.get(random.nextInt(groups.size()));
            broker.trace().add("nemesis", "moves the partitions of " + group.name());
            group.shuffle();
        }
    }

    private void outage() {
        if (broker.available()) {
            broker.trace().add("nemesis", "takes the broker away");
            broker.available(false);
            later(random.nextBoolean() ? 2_000 : 25_000, this::bringBrokerBack);
        }
    }

    private void bringBrokerBack() {
        if (!broker.available()) {
            broker.trace().add("nemesis", "brings the broker back");
            broker.available(true);
        }
    }

    private void breakCloud() {
        Fault fault = CloudFaults.any(random);
        String match = CloudFaults.match(fault, random);
        broker.trace().add("nemesis", "lets the cloud fail at '" + match + "' with " + fault);
        cloud.faults().add(match, 1 + random.nextInt(2), fault);
    }

    private void heal() {
        broker.trace().add("nemesis", "heals everything");
        network.trouble(0);
        cloud.faults().clear();
        bringBrokerBack();
        slots.forEach(Slot::wake);
        slots.forEach(Slot::restart);
    }
}
