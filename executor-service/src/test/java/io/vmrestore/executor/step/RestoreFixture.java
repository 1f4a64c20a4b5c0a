package io.vmrestore.executor.step;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.PlanStep;
import io.vmrestore.common.contract.QuotaLine;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.common.seal.TextSeal;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.idempotency.Mark;
import io.vmrestore.executor.poll.PollPace;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.settings.ServiceUser;
import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.cloud.volume.Volume;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.survey.Reads;
import io.vmrestore.survey.Survey;
import io.vmrestore.survey.Surveyed;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A simulated cloud, the steps that work on it, and a restore of one of its servers as dispatch would command it. */
public final class RestoreFixture implements AutoCloseable {
    public static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    public static final Tenant TENANT = Tenant.A;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    public final UUID jobId = UUID.randomUUID();
    public final Simulator simulator;
    public final OpenStack openStack;
    public final Steps steps;
    public final List<Resource> reported = new ArrayList<>();
    private final TextSeal seal = TextSeal.ofKey(KEY);

    public RestoreFixture() {
        this(SimulatorSettings.instant());
    }

    public RestoreFixture(SimulatorSettings settings) {
        simulator = Simulator.start(settings);
        // Raises the quotas as well, which many restores would use up.
        SampleCloud.addServers(simulator.cloud(), TENANT, 0, 1);
        openStack = OpenStack.connect(cloudSettings(simulator));
        steps = newSteps();
    }

    /** The steps as another process has them: with pollers of their own. */
    public Steps newSteps() {
        PollPace pace = new PollPace(PollPace.DEFAULT.looks(), Duration.ofMillis(20), Duration.ofMillis(200));
        return steps(openStack, new StatusPollers(openStack, pace), seal);
    }

    /** The steps, found and put together as the service does. */
    private static Steps steps(OpenStack openStack, StatusPollers pollers, TextSeal seal) {
        try (var context = new AnnotationConfigApplicationContext()) {
            List.of(openStack, pollers, seal)
                    .forEach(part -> context.getBeanFactory()
                            .registerSingleton(part.getClass().getName(), part));
            context.scan(Steps.class.getPackageName());
            context.refresh();
            return context.getBean(Steps.class);
        }
    }

    public static CloudSettings cloudSettings(Simulator simulator) {
        return CloudSettings.of(
                URI.create(simulator.authUrl()),
                new Credentials(SampleCloud.ADMIN, "Default", SampleCloud.ADMIN_PASSWORD, "service", null, "Default"),
                new ServiceUser(SampleCloud.SERVICE_USER, SampleCloud.SERVICE_USER_PASSWORD, "Default"));
    }

    /** A restore of the sample's web server: two interfaces (the first with two addresses), key, user_data, tags. */
    public Plan webPlan(IpStrategy strategy) throws InterruptedException {
        return plan(TENANT.webServerId(), TENANT.id("snapshot/web-1-daily"), strategy);
    }

    public Plan plan(String serverId, String snapshotId, IpStrategy strategy) throws InterruptedException {
        Surveyed surveyed;
        try (Reads reads = new Reads(LIMIT)) {
            surveyed = new Survey(openStack.project(TENANT.projectId()), openStack.admin())
                    .take(reads, serverId, snapshotId);
        }
        List<NicPlan> nics = surveyed.vm().nics().stream()
                .map(nic -> strategy == IpStrategy.NEW_IPS ? nic : asking(nic))
                .toList();
        String userData = surveyed.vm().userData();
        return new Plan(
                RestoreMode.NEW,
                strategy,
                TENANT.projectId(),
                TENANT.projectName(),
                surveyed.vm().server().name() + "-restored",
                "restored-" + surveyed.vm().server().name(),
                surveyed.vm().server(),
                surveyed.restorePoint(),
                nics,
                List.of(
                        QuotaLine.of("instances", 10L, 0L, 0L, 1),
                        QuotaLine.of("volumes", 10L, 0L, 0L, 1),
                        QuotaLine.of("ports", 10L, 0L, 0L, nics.size())),
                true,
                List.of(),
                List.of(),
                planSteps(nics.size()),
                surveyed.fingerprint(),
                userData == null ? null : seal.seal(jobId, userData));
    }

    private static NicPlan asking(NicPlan nic) {
        return new NicPlan(
                nic.index(),
                nic.networkId(),
                nic.networkName(),
                nic.sourcePortId(),
                nic.sourcePortName(),
                nic.macAddress(),
                nic.originalIps(),
                nic.originalIps(),
                nic.securityGroups(),
                nic.portSecurityEnabled(),
                nic.allowedAddressPairs(),
                nic.dnsName(),
                nic.qosPolicyId(),
                nic.tags(),
                nic.floatingIps(),
                nic.floatingTargets());
    }

    private static List<PlanStep> planSteps(int nics) {
        List<PlanStep> steps = new ArrayList<>();
        steps.add(PlanStep.of(1, Action.VALIDATE, List.of(), null));
        steps.add(PlanStep.of(2, Action.CHECK_QUOTA, List.of(), null));
        steps.add(PlanStep.of(3, Action.CREATE_VOLUME, List.of(1, 2), null));
        IntStream.range(0, nics)
                .forEach(nic -> steps.add(PlanStep.of(4 + nic, Action.CREATE_PORT, List.of(1, 2), nic)));
        int server = 4 + nics;
        steps.add(PlanStep.of(
                server, Action.CREATE_SERVER, IntStream.range(3, server).boxed().toList(), null));
        steps.add(PlanStep.of(server + 1, Action.WAIT_ACTIVE, List.of(server), null));
        steps.add(PlanStep.of(server + 2, Action.FINALIZE, List.of(server + 1), null));
        return steps;
    }

    public Attempt attempt(int stepOrder, Action action) {
        return attempt(stepOrder, action, 1, LIMIT);
    }

    public Attempt attempt(int stepOrder, Action action, int attempt, Duration limit) {
        StepAddress address =
                new StepAddress(jobId, TENANT.webServerId(), TENANT.projectId(), stepOrder, action, attempt);
        Consumer<Attempt> report = news -> {
            synchronized (reported) {
                reported.addAll(news.resources());
            }
        };
        return new Attempt(
                address,
                Instant.now().plus(limit),
                () -> true,
                openStack.project(TENANT.projectId()).withRequestId(address.requestId()),
                report);
    }

    /** Runs a step of the plan and returns the attempt with what it noted. */
    public Attempt run(int stepOrder, Action action, StepTask task) throws InterruptedException {
        Attempt attempt = attempt(stepOrder, action);
        execute(task, attempt);
        return attempt;
    }

    /** Carries a task out. */
    public void execute(StepTask task, Attempt attempt) throws InterruptedException {
        steps.work(attempt.address().action(), task).execute(attempt);
    }

    public String createVolume(Plan plan) throws InterruptedException {
        return only(run(3, Action.CREATE_VOLUME, volumeTask(plan)), ResourceType.VOLUME);
    }

    public StepTask volumeTask(Plan plan) {
        return new StepTask.CreateVolume(
                plan.volumeName(),
                plan.server().id(),
                plan.restorePoint(),
                plan.server().bootVolume());
    }

    public StepTask portTask(Plan plan, int nic) {
        return new StepTask.CreatePort(plan.newName(), plan.nics().get(nic), plan.ipStrategy(), null);
    }

    public List<String> createPorts(Plan plan) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        for (int nic = 0; nic < plan.nics().size(); nic++) {
            ids.add(only(run(4 + nic, Action.CREATE_PORT, portTask(plan, nic)), ResourceType.PORT));
        }
        return ids;
    }

    public int serverStep(Plan plan) {
        return 4 + plan.nics().size();
    }

    public StepTask serverTask(Plan plan, String volumeId, List<String> portIds) {
        return new StepTask.CreateServer(
                plan.newName(), plan.server(), plan.restorePoint(), volumeId, portIds, plan.userData());
    }

    public String createServer(Plan plan, String volumeId, List<String> portIds) throws InterruptedException {
        return only(
                run(serverStep(plan), Action.CREATE_SERVER, serverTask(plan, volumeId, portIds)), ResourceType.SERVER);
    }

    public void waitActive(Plan plan, String serverId) throws InterruptedException {
        run(serverStep(plan) + 1, Action.WAIT_ACTIVE, new StepTask.WaitActive(serverId, null));
    }

    public RestoreResult finish(Plan plan, String serverId, String volumeId, List<String> portIds)
            throws InterruptedException {
        StepTask task = new StepTask.Finalize(plan.withoutUserData(), serverId, volumeId, portIds);
        @Nullable
        RestoreResult result = run(serverStep(plan) + 2, Action.FINALIZE, task).result();
        if (result == null) {
            throw new AssertionError("finalize gives a result");
        }
        return result;
    }

    public static String only(Attempt attempt, ResourceType type) {
        List<String> ids = attempt.resources().stream()
                .filter(resource -> resource.type() == type)
                .map(Resource::id)
                .toList();
        if (ids.size() != 1) {
            throw new AssertionError("Expected one " + type + " but the step reports " + ids);
        }
        return ids.getFirst();
    }

    /** Takes the original's ports away, so that their addresses are free. */
    public void freeAddresses(Plan plan) {
        plan.nics()
                .forEach(nic -> openStack.project(TENANT.projectId()).network().deletePort(nic.sourcePortId()));
    }

    /** What the job has in the cloud, by its marks. */
    public List<Volume> volumes() {
        return simulator.volumes().stream()
                .filter(volume ->
                        volume.spec().metadata().getOrDefault(Mark.KEY, "").startsWith(jobId + "/"))
                .toList();
    }

    public List<Port> ports() {
        return simulator.ports().stream()
                .filter(port -> port.settings().name().startsWith("restore-" + jobId))
                .toList();
    }

    public List<Server> servers() {
        return simulator.servers().stream()
                .filter(server ->
                        server.spec().metadata().getOrDefault(Mark.KEY, "").startsWith(jobId + "/"))
                .toList();
    }

    public boolean keyImported() {
        return simulator
                .cloud()
                .execute(() -> simulator
                        .cloud()
                        .servers()
                        .keyPairs()
                        .ofUser(SampleCloud.userId(SampleCloud.SERVICE_USER))
                        .anyMatch(key -> key.name().startsWith("restore-" + jobId)));
    }

    @Override
    public void close() {
        openStack.close();
        simulator.close();
    }
}
