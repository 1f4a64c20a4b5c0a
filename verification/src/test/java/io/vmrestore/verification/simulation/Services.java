package io.vmrestore.verification.simulation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vmrestore.common.contract.Topics;
import io.vmrestore.common.seal.TextSeal;
import io.vmrestore.executor.command.SimulatedExecutor;
import io.vmrestore.intake.IntakeSettings;
import io.vmrestore.intake.SimulatedIntake;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.SimulatedAccess;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.settings.ServiceUser;
import io.vmrestore.planner.audit.SimulatedAudit;
import io.vmrestore.planner.dispatch.DispatchSettings;
import io.vmrestore.planner.planning.PlanningSettings;
import io.vmrestore.planner.planning.SimulatedPlanning;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.status.fold.SimulatedFold;
import io.vmrestore.status.store.SimulatedTables;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What runs in the processes: the services' own parts, put together as their Spring configurations do. */
final class Services {
    static final Duration GROUP_SESSION = Duration.ofSeconds(10);

    /** Short enough for one audit after everything has ended. */
    private static final Duration AUDIT_INTERVAL = Duration.ofSeconds(40);

    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(120);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Map<String, Object> NO_BROKER = Map.of("bootstrap.servers", "none:1", "group.id", "group");
    private static final TextSeal SEAL = TextSeal.ofKey(Base64.getEncoder().encodeToString(new byte[32]));

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
        process.start(
                "start",
                () -> SimulatedIntake.start(
                        new IntakeSettings(
                                "planning", List.of(Topics.PLAN_COMMANDS), NO_BROKER, planning.window(), CLOSE_TIMEOUT),
                        SimulatedPlanning.handler(cloud(process), SEAL, planning, kafka, SimulatedJdk.clock(), meters),
                        meters,
                        () -> new SimulatedConsumer(broker, process, broker.group("planning", GROUP_SESSION), 3)));
        DispatchThread dispatching = new DispatchThread(broker, process, dispatch, observer, meters);
        process.start("dispatch", dispatching::run);
        process.start(
                "audit",
                () -> SimulatedAudit.run(
                        dispatching::ended, cloud(process), kafka, SimulatedJdk.clock(), meters, AUDIT_INTERVAL));
    }

    void executor(SimulatedProcess process) {
        MeterRegistry meters = new SimpleMeterRegistry();
        SimulatedTemplate kafka = template(process);
        process.start("start", () -> {
            SimulatedIntake.start(
                    new IntakeSettings("executor", Topics.stepCommands(), NO_BROKER, 50, CLOSE_TIMEOUT),
                    SimulatedExecutor.handler(
                            process.name(),
                            cloud(process),
                            SEAL,
                            kafka,
                            () -> new SimulatedConsumer(broker, process, null, 100),
                            Duration.ofSeconds(5),
                            meters),
                    meters,
                    () -> new SimulatedConsumer(broker, process, broker.group("executor", GROUP_SESSION), 5));
        });
    }

    void status(SimulatedProcess process) {
        process.start(
                "fold",
                () -> SimulatedFold.run(
                        new SimulatedConsumer(broker, process, broker.group("status", GROUP_SESSION), 20),
                        tables,
                        new SimpleMeterRegistry()));
    }

    private SimulatedTemplate template(SimulatedProcess process) {
        return new SimulatedTemplate(broker, new SimulatedProducer(broker, process, DELIVERY_TIMEOUT));
    }

    private OpenStack cloud(SimulatedProcess process) {
        return SimulatedAccess.connect(
                CloudSettings.of(
                        URI.create(CloudNetwork.URL + "/identity/v3"),
                        new Credentials(
                                SampleCloud.ADMIN, "Default", SampleCloud.ADMIN_PASSWORD, "service", null, "Default"),
                        new ServiceUser(SampleCloud.SERVICE_USER, SampleCloud.SERVICE_USER_PASSWORD, "Default")),
                new CloudClient(process, network),
                SimulatedJdk.clock());
    }
}
