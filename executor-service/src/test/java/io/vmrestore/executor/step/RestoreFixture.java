package io.vmrestore.executor.step;

import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.observation.ObservationRegistry;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.Sealed;
import io.vmrestore.common.contract.SecretAddress;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.contract.StepTask;
import io.vmrestore.common.seal.SealedText;
import io.vmrestore.common.seal.SealingKeys;
import io.vmrestore.common.seal.TextSeal;
import io.vmrestore.common.time.Chance;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.BoundStep;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.poll.PollPace;
import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.executor.userdata.UserData;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.transport.Transport;
import io.vmrestore.simulator.SimulatorSettings;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The steps that work on a simulated cloud, and a restore of one of its servers as dispatch would command it. */
public final class RestoreFixture extends RestoreCloud {
    public static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    public final Steps steps;
    public final SamplePlans plans;
    public final List<Resource> reported = new ArrayList<>();
    private final TextSeal seal = new TextSeal(SealingKeys.of("", KEY));
    private final Map<UUID, SealedText> secrets = new ConcurrentHashMap<>();
    private final TimeSource time;
    private final Execution execution;

    /** How an attempt has its step carried out. */
    @FunctionalInterface
    public interface Execution {
        void of(BoundStep step, Attempt attempt) throws InterruptedException;
    }

    public RestoreFixture() {
        this(SimulatorSettings.instant());
    }

    public RestoreFixture(SimulatorSettings settings) {
        this(settings, TimeSource.system(), OpenStack::connect, BoundStep::execute);
    }

    /** With steps that are carried out as an executor does, over a way on which services go away. */
    public RestoreFixture(TimeSource time, HttpClient way, Execution execution) {
        this(
                SimulatorSettings.instant(),
                time,
                cloud -> OpenStack.connect(
                        cloud,
                        new Transport(way, Duration.ofSeconds(30), ObservationRegistry.NOOP, time, Chance.system())),
                execution);
    }

    private RestoreFixture(
            SimulatorSettings settings,
            TimeSource time,
            Function<CloudSettings, OpenStack> connection,
            Execution execution) {
        super(settings, connection);
        this.time = time;
        this.execution = execution;
        steps = newSteps();
        plans = new SamplePlans(openStack, this::keep);
    }

    /** The steps as another process has them: with pollers of their own. */
    public Steps newSteps() {
        PollPace pace = new PollPace(PollPace.DEFAULT.looks(), Duration.ofMillis(20), Duration.ofMillis(200));
        return FoundSteps.of(
                openStack,
                new StatusPollers(openStack, pace, TimeSource.system()),
                new UserData(seal, (job, _) -> secrets.get(job)));
    }

    private Sealed keep(String userData) {
        secrets.put(jobId, seal.seal(jobId, userData));
        return Sealed.at(new SecretAddress(0, 0), userData.length());
    }

    /** A restore of the sample's web server beside it; see {@link SamplePlans#web}. */
    public Plan webPlan(IpStrategy strategy) throws InterruptedException {
        return plans.web(strategy);
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
                time.instant().plus(limit),
                () -> true,
                openStack.project(TENANT.projectId()).withRequestId(address.requestId()),
                time,
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
        execution.of(steps.bind(attempt.address().action(), task), attempt);
    }

    /** How a task fails. */
    public StepFailure failure(int stepOrder, Action action, StepTask task) {
        return failure(attempt(stepOrder, action), task);
    }

    /** How an attempt at a task fails. */
    public StepFailure failure(Attempt attempt, StepTask task) {
        return catchThrowableOfType(StepFailure.class, () -> execute(task, attempt));
    }

    /** Has two executors carry out the same at the same time. */
    public List<Attempt> twice(int stepOrder, Action action, StepTask task) throws Exception {
        List<Future<Attempt>> ends = new ArrayList<>();
        try (ExecutorService executors = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int executor = 0; executor < 2; executor++) {
                Steps own = newSteps();
                Attempt attempt = attempt(stepOrder, action);
                ends.add(executors.submit(() -> {
                    own.bind(action, task).execute(attempt);
                    return attempt;
                }));
            }
        }
        return List.of(ends.getFirst().get(), ends.getLast().get());
    }

    /** Asks an attempt to stop as soon as it has come so far, and tells how it ends. */
    public StepFailure stopped(Attempt attempt, StepTask task, Callable<Boolean> soFar) throws Exception {
        try (ExecutorService executors = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<StepFailure> end = executors.submit(() -> failure(attempt, task));
            await().until(soFar);
            attempt.stop().ask();
            return end.get();
        }
    }

    /** The mark of a step of this job. */
    public String mark(int stepOrder) {
        return jobId + "/" + stepOrder;
    }

    public String createVolume(Plan plan) throws InterruptedException {
        return only(run(3, Action.CREATE_VOLUME, volumeTask(plan)), ResourceType.VOLUME);
    }

    public StepTask volumeTask(Plan plan) {
        return new StepTask.CreateVolume(
                plan.volumeName(),
                plan.server().id(),
                plan.restorePoint(),
                plan.server().bootVolume(),
                plan.carried());
    }

    public StepTask portTask(Plan plan, int nic) {
        return new StepTask.CreatePort(plan.newName(), plan.nics().get(nic), plan.ipStrategy(), null, down(plan, nic));
    }

    private static @Nullable Boolean down(Plan plan, int nic) {
        return plan.carried() == null ? null : plan.carried().portsDown().contains(nic);
    }

    public Attempt deleteOriginal(Plan plan) throws InterruptedException {
        return run(4, Action.DELETE_SERVER, SamplePlans.deletion(plan));
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
                plan.newName(), plan.server(), plan.restorePoint(), volumeId, portIds, plan.carried(), plan.userData());
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
}
