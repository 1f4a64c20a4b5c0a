package io.vmrestore.verification.simulation;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.planner.dispatch.DispatchSettings;
import io.vmrestore.planner.dispatch.Guarantee;
import io.vmrestore.planner.dispatch.OnRestart;
import io.vmrestore.planner.planning.PlanningSettings;
import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.engine.Latencies;
import io.vmrestore.simulator.sample.SampleCloud;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** One run: everything follows from the seed and the guarantee. */
final class Simulation {
    private static final Duration LIMIT = Duration.ofHours(2);
    private static final Duration DATABASE_LIMIT = Duration.ofMinutes(5);

    /** What may still be on its way when everything seems over: the longest call, and a redelivery after it. */
    private static final Duration GRACE = Duration.ofSeconds(90);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Scenario scenario;
    private final Schedule schedule;
    private final Trace trace;
    private final Broker broker;
    private final Cloud cloud;
    private final Observer observer;
    private final SimulatedTables tables;
    private final Clients clients;
    private final GroundTruth truth;
    private final Nemesis nemesis;
    private long quietSince = Long.MAX_VALUE;
    private long nextLook;

    private Simulation(long seed, Guarantee guarantee) {
        Random random = new Random(seed);
        schedule = new Schedule(random);
        trace = new Trace(schedule);
        scenario = Scenario.of(seed, random);
        trace.add("seed", seed + " " + guarantee + " " + scenario);
        broker = new Broker(schedule, trace, scenario.partitions());
        broker.addTopic(Changelog.TOPIC, scenario.partitions());
        cloud = new Cloud(
                CloudNetwork.timeline(schedule),
                random,
                Latencies.of(scenario.volumeDelay(), scenario.serverDelay()),
                Duration.ofHours(1));
        SampleCloud.fill(cloud);
        truth = new GroundTruth(cloud);
        observer = new Observer(broker);
        tables = new SimulatedTables(this::callDatabase);
        CloudNetwork network = new CloudNetwork(schedule, trace, cloud);
        Services services = new Services(broker, network, tables, observer, dispatch(guarantee, scenario), planning());
        List<Slot> slots = new ArrayList<>();
        addSlots(slots, "planner", scenario.planners(), services::planner);
        addSlots(slots, "executor", scenario.executors(), services::executor);
        addSlots(slots, "status", scenario.folds(), services::status);
        clients = new Clients(broker, observer);
        clients.begin(scenario.restores(), scenario.replaces(), scenario.cancels());
        nemesis = new Nemesis(broker, cloud, network, slots, scenario);
        nemesis.begin();
    }

    private void addSlots(
            List<Slot> slots, String name, int count, java.util.function.Consumer<SimulatedProcess> service) {
        for (int number = 1; number <= count; number++) {
            slots.add(new Slot(name + "-" + number, schedule, trace, service));
        }
    }

    private static DispatchSettings dispatch(Guarantee guarantee, Scenario scenario) {
        return new DispatchSettings(
                "restore-dispatch",
                guarantee,
                scenario.dryRun(),
                scenario.cleansVolumes(),
                scenario.staleAfter(),
                Duration.ofMinutes(4),
                OnRestart.RESUME,
                Duration.ofHours(24),
                Duration.ofDays(30),
                Duration.ofSeconds(6),
                null,
                1);
    }

    private static PlanningSettings planning() {
        return new PlanningSettings(
                "planning",
                8,
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                Duration.ofMinutes(2),
                Duration.ofMinutes(2));
    }

    private <T> T callDatabase(Supplier<T> statement) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Random random = schedule.random();
        schedule.after(Duration.ofMillis(1 + random.nextInt(5)), () -> {
            T done = statement.get();
            schedule.after(Duration.ofMillis(1 + random.nextInt(5)), () -> answer.complete(done));
        });
        try {
            return schedule.running().time().get(answer, DATABASE_LIMIT);
        } catch (Exception never) {
            throw new IllegalStateException(never);
        }
    }

    /**
     * How a run ended.
     *
     * @param trace everything that happened
     * @param failure what is wrong with it, or an empty text
     * @param summary what became of the restores, and how long it took
     */
    record Outcome(String trace, String failure, String summary) {}

    /** Runs one seed. */
    static Outcome run(long seed, Guarantee guarantee) {
        Simulation simulation = new Simulation(seed, guarantee);
        try (TracedLog _ = new TracedLog(simulation.trace, simulation.schedule)) {
            simulation.run();
            return new Outcome(simulation.trace.toString(), "", simulation.summary());
        } catch (Throwable failure) {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            simulation.trace.add("FAILURE", text.toString());
            return new Outcome(simulation.trace.toString(), String.valueOf(failure.getMessage()), simulation.summary());
        }
    }

    private String summary() {
        return observer.states().values().stream()
                        .map(job -> job.request().mode() + ":" + job.status())
                        .sorted()
                        .toList()
                + " steps=" + schedule.steps() + " seconds=" + schedule.nanos() / 1_000_000_000;
    }

    private void run() throws Throwable {
        schedule.run(
                () -> {
                    observer.observe();
                    truth.checkOriginals(observer);
                    return lookDue() && over();
                },
                LIMIT);
        trace.add("end", "is checked");
        truth.check(observer);
        checkTables();
    }

    /** To compare all states at every step would cost more than all else. */
    private boolean lookDue() {
        boolean due = schedule.nanos() >= nextLook;
        if (due) {
            nextLook = schedule.nanos() + BETWEEN_LOOKS.toNanos();
        }
        return due;
    }

    private boolean over() {
        boolean quiet = clients.done()
                && nemesis.done()
                && observer.states().size() == clients.jobs().size()
                && observer.states().values().stream()
                        .allMatch(job -> job.status().terminal())
                && tables.states().equals(observer.states());
        if (!quiet) {
            quietSince = Long.MAX_VALUE;
            return false;
        }
        quietSince = Math.min(quietSince, schedule.nanos());
        return schedule.nanos() - quietSince > GRACE.toNanos();
    }

    private void checkTables() {
        observer.states().forEach((id, job) -> {
            if (tables.events(id).size() != job.version()) {
                throw new AssertionError("The tables have " + tables.events(id).size() + " events of " + id
                        + ", which has had " + job.version());
            }
            if (job.status() == JobStatus.INTERRUPTED && scenario.patient()) {
                throw new AssertionError("Restore " + id + " was given up although everything was healed in time");
            }
            if (job.status() == JobStatus.FAILED && job.failure() == null) {
                throw new AssertionError("Restore " + id + " is FAILED without a reason");
            }
        });
    }
}
