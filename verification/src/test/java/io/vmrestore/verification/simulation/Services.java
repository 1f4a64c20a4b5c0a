package io.vmrestore.verification.simulation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.fair.FairPlaces;
import io.vmrestore.common.seal.SealingKeys;
import io.vmrestore.common.seal.TextSeal;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.executor.attempt.AttemptRunner;
import io.vmrestore.executor.attempt.Heartbeats;
import io.vmrestore.executor.attempt.OutagePatience;
import io.vmrestore.executor.attempt.StopSignals;
import io.vmrestore.executor.command.AnswerLog;
import io.vmrestore.executor.command.CommandHandler;
import io.vmrestore.executor.command.StopCommands;
import io.vmrestore.executor.poll.PollPace;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.executor.publish.EventPublisher;
import io.vmrestore.executor.step.Steps;
import io.vmrestore.executor.userdata.SecretLog;
import io.vmrestore.executor.userdata.UserData;
import io.vmrestore.intake.Intake;
import io.vmrestore.intake.IntakeSettings;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.settings.ServiceUser;
import io.vmrestore.openstack.transport.Transport;
import io.vmrestore.planner.audit.Audit;
import io.vmrestore.planner.audit.AuditSchedule;
import io.vmrestore.planner.audit.AuditSettings;
import io.vmrestore.planner.dispatch.DispatchSettings;
import io.vmrestore.planner.planning.PlanCommands;
import io.vmrestore.planner.planning.Planner;
import io.vmrestore.planner.planning.PlanningSettings;
import io.vmrestore.simulator.sample.SampleCloud;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/** What runs in the processes: the services' own parts, put together as their Spring configurations do. */
final class Services {
    static final Duration GROUP_SESSION = Duration.ofSeconds(10);

    /** Short enough for one audit after everything has ended. */
    private static final Duration AUDIT_INTERVAL = Duration.ofSeconds(40);

    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(120);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int PLACES = 1000;
    private static final Map<String, Object> NO_BROKER = Map.of("bootstrap.servers", "none:1", "group.id", "group");
    private static final TextSeal SEAL =
            new TextSeal(SealingKeys.of("", Base64.getEncoder().encodeToString(new byte[32])));

    private final Broker broker;
    private final CloudNetwork network;
    private final SimulatedTables tables;
    private final Observer observer;
    private final DispatchSettings dispatch;
    private final PlanningSettings planning;

    Services(
            Broker broker,
            CloudNetwork network,
            SimulatedTables tables,
            Observer observer,
            DispatchSettings dispatch,
            PlanningSettings planning) {
        this.broker = broker;
        this.network = network;
        this.tables = tables;
        this.observer = observer;
        this.dispatch = dispatch;
        this.planning = planning;
    }

    void planner(SimulatedProcess process) {
        MeterRegistry meters = new SimpleMeterRegistry();
        SimulatedTemplate kafka = template(process);
        TimeSource time = process.time();
        process.start(
                "start",
                () -> Intake.start(
                        new IntakeSettings(
                                "planning", List.of(Topics.PLAN_COMMANDS), NO_BROKER, planning.window(), CLOSE_TIMEOUT),
                        new PlanCommands(
                                new Planner(cloud(process), planning, time),
                                SEAL,
                                kafka,
                                time,
                                meters,
                                new FairPlaces(planning.window())),
                        meters,
                        time,
                        chance(process),
                        () -> new SimulatedConsumer(broker, process, broker.group("planning", GROUP_SESSION), 3)));
        DispatchThread dispatching = new DispatchThread(broker, process, dispatch, observer, meters);
        process.start("dispatch", dispatching::run);
        Audit audit = new Audit(dispatching::ended, cloud(process), kafka, time, meters);
        new AuditSchedule(audit, new AuditSettings(AUDIT_INTERVAL), time).start();
    }

    void executor(SimulatedProcess process) {
        MeterRegistry meters = new SimpleMeterRegistry();
        SimulatedTemplate kafka = template(process);
        TimeSource time = process.time();
        OpenStack cloud = cloud(process);
        Supplier<Consumer<String, byte[]>> readers = () -> new SimulatedConsumer(broker, process, null, 100);
        process.start("start", () -> {
            StopSignals stops = new StopSignals();
            new StopCommands(readers, stops, time).start();
            EventPublisher publisher = new EventPublisher(kafka);
            AttemptRunner attempts = new AttemptRunner(
                    process.name(),
                    cloud,
                    publisher,
                    stops,
                    new Heartbeats(HEARTBEAT, time),
                    new FairPlaces(PLACES),
                    OutagePatience.DEFAULT,
                    time,
                    chance(process),
                    meters);
            Steps steps = ScannedSteps.of(
                    cloud,
                    new StatusPollers(cloud, PollPace.DEFAULT, time),
                    new UserData(SEAL, new SecretLog(readers, time)));
            Intake.start(
                    new IntakeSettings("executor", Topics.stepCommands(), NO_BROKER, 50, CLOSE_TIMEOUT),
                    new CommandHandler(steps, attempts, new AnswerLog(readers, time), publisher, time, meters),
                    meters,
                    time,
                    chance(process),
                    () -> new SimulatedConsumer(broker, process, broker.group("executor", GROUP_SESSION), 5));
        });
    }

    void status(SimulatedProcess process) {
        SimulatedConsumer consumer = new SimulatedConsumer(broker, process, broker.group("status", GROUP_SESSION), 20);
        process.start("fold", new FoldThread(consumer, tables, process.time())::run);
    }

    private static Chance chance(SimulatedProcess process) {
        return process.schedule().chance();
    }

    private SimulatedTemplate template(SimulatedProcess process) {
        return new SimulatedTemplate(broker, new SimulatedProducer(broker, process, DELIVERY_TIMEOUT));
    }

    private OpenStack cloud(SimulatedProcess process) {
        CloudSettings settings = CloudSettings.of(
                URI.create(CloudNetwork.URL + "/identity/v3"),
                new Credentials(SampleCloud.ADMIN, "Default", SampleCloud.ADMIN_PASSWORD, "service", null, "Default"),
                new ServiceUser(SampleCloud.SERVICE_USER, SampleCloud.SERVICE_USER_PASSWORD, "Default"));
        return OpenStack.connect(
                settings,
                new Transport(
                        new CloudClient(process, network),
                        settings.requestTimeout(),
                        ObservationRegistry.NOOP,
                        process.time(),
                        chance(process)));
    }
}
