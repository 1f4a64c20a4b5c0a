package io.vmrestore.planner.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreCommand.RunStep;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.ExecutionRequested;
import io.vmrestore.common.contract.RestoreEvent.PlanCreated;
import io.vmrestore.common.contract.RestoreEvent.RestoreInterrupted;
import io.vmrestore.common.contract.RestoreEvent.RestoreRequested;
import io.vmrestore.common.contract.RestoreEvent.StepCompleted;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.embedded.testing.KafkaTestConfiguration;
import io.vmrestore.embedded.testing.TestInfrastructure;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.compute.ServerSpec;
import io.vmrestore.openstack.network.PortSpec;
import io.vmrestore.openstack.settings.CloudSettings;
import io.vmrestore.openstack.settings.Credentials;
import io.vmrestore.openstack.volume.VolumeSpec;
import io.vmrestore.planner.PlannerApplication;
import io.vmrestore.planner.TopicReader;
import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.SimulatorSettings;
import io.vmrestore.simulator.faults.Fault;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Executors that were frozen, woke after the end of their restore, made something and died before they told. */
@SpringBootTest(
        classes = PlannerApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=planner-service", "management.server.port=0"})
@Import(KafkaTestConfiguration.class)
@DirtiesContext
class AuditTest {
    private static final Simulator CLOUD = Simulator.start(SimulatorSettings.instant());
    private static final Tenant TENANT = Tenant.A;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Autowired
    private OpenStack openStack;

    @Autowired
    private MeterRegistry meters;

    private TopicReader topics;
    private ProjectCloud project;

    @DynamicPropertySource
    static void environment(DynamicPropertyRegistry variables) {
        variables.add("OS_AUTH_URL", CLOUD::authUrl);
        variables.add("OS_USERNAME", () -> SampleCloud.ADMIN);
        variables.add("OS_PASSWORD", () -> SampleCloud.ADMIN_PASSWORD);
        variables.add("OS_PROJECT_NAME", () -> "service");
        variables.add("SNAPSHOT_SERVICE_USER_EMAIL", () -> SampleCloud.SERVICE_USER);
        variables.add("SNAPSHOT_SERVICE_USER_PASSWORD", () -> SampleCloud.SERVICE_USER_PASSWORD);
        variables.add("SNAPSHOT_SERVICE_USER_DOMAIN", () -> "Default");
        variables.add("RESTORE_JWT_SECRET", () -> "a test secret that is long enough for HS256");
        variables.add("RESTORE_ENCRYPTION_KEY", () -> Base64.getEncoder().encodeToString(new byte[32]));
        variables.add("RESTORE_TOPIC_PARTITIONS", () -> "3");
        variables.add("RESTORE_AUDIT_INTERVAL", () -> "1s");
    }

    @BeforeEach
    void read() {
        topics = TopicReader.ofEverything(TestInfrastructure.kafkaBootstrapServers());
        project = openStack.project(TENANT.projectId());
    }

    @AfterEach
    void stopReading() {
        topics.close();
    }

    @AfterAll
    static void stopCloud() {
        CLOUD.close();
    }

    @Test
    void namesWhatEndedRestoresMadeAndDoNotName() {
        Execution interrupted = runUntilTheServerIsCommanded();
        Execution running = runUntilTheServerIsCommanded();
        publish(new RestoreInterrupted(
                interrupted.job(), TENANT.webServerId(), Instant.now(), "No sign of life", null));
        topics.awaitEvent(interrupted.job(), RestoreInterrupted.class);
        CLOUD.faults().add("GET .*/volumes/detail", 2, new Fault.Answer(503, "down for maintenance", null));

        Resource known = interrupted.volume();
        Resource volume = volume(interrupted.step(Action.CREATE_VOLUME));
        Resource port = port(interrupted.step(Action.CREATE_PORT));
        Resource server = server(interrupted.step(Action.CREATE_SERVER), volume, port);
        volume(running.step(Action.CREATE_VOLUME));

        topics.awaitTrue(
                "all three are named", () -> named(interrupted.job()).containsAll(List.of(volume, port, server)));
        Resource later = volume(interrupted.step(Action.CREATE_VOLUME));
        topics.awaitTrue(
                "what is made later is named too",
                () -> named(interrupted.job()).contains(later));

        assertThat(named(interrupted.job()))
                .as("nothing that the restore named itself")
                .containsOnly(volume, port, server, later)
                .doesNotContain(known);
        assertThat(named(running.job()))
                .as("a restore at work looks for itself")
                .isEmpty();
        topics.awaitTrue(
                "they are counted",
                () -> meters.get("restore.audit.unnamed").counter().count() >= 4);
        assertThat(project.volumes().volume(volume.id()).id())
                .as("nothing is deleted")
                .isEqualTo(volume.id());
    }

    @Test
    void tellsApartWhatCarriesTheMarkAndIsNotProven() {
        Execution interrupted = runUntilTheServerIsCommanded();
        Execution other = runUntilTheServerIsCommanded();
        publish(new RestoreInterrupted(
                interrupted.job(), TENANT.webServerId(), Instant.now(), "No sign of life", null));
        publish(new RestoreInterrupted(other.job(), TENANT.webServerId(), Instant.now(), "No sign of life", null));
        topics.awaitEvent(other.job(), RestoreInterrupted.class);

        Resource backup = copyOfTheOwner(interrupted.step(Action.CREATE_VOLUME));
        String text = "volume " + backup.id() + " (restored): made by user " + TENANT.ownerId() + ", not by "
                + project.userId() + " that restores work as";
        topics.awaitTrue("it is told", () -> notProven(interrupted.job()).contains(text));
        Resource later = volume(other.step(Action.CREATE_VOLUME));
        topics.awaitTrue("another audit has ended", () -> named(other.job()).contains(later));

        assertThat(named(interrupted.job())).as("it is no leftover").doesNotContain(backup);
        assertThat(notProven(interrupted.job())).as("it is told once").containsExactly(text);
    }

    /** A volume's metadata comes back with its backup, which belongs to whoever restores it. */
    private static Resource copyOfTheOwner(StepAddress step) {
        Credentials credentials = new Credentials(
                TENANT.owner(), "Default", TENANT.ownerPassword(), TENANT.projectName(), null, "Default");
        try (OpenStack owner = OpenStack.connect(CloudSettings.of(URI.create(CLOUD.authUrl()), credentials, null))) {
            return volume(owner.project(TENANT.projectId()), step);
        }
    }

    private List<String> notProven(UUID job) {
        return topics.events(job, StepProgressed.class).stream()
                .map(event -> event.detail().get(StepProgressed.NOT_PROVEN))
                .filter(List.class::isInstance)
                .flatMap(list -> ((List<?>) list).stream())
                .map(String::valueOf)
                .toList();
    }

    /** A restore whose volume and ports its executors have told, and whose server nobody has. */
    private record Execution(UUID job, Resource volume, List<RunStep> steps) {
        StepAddress step(Action action) {
            return steps.stream()
                    .map(RunStep::step)
                    .filter(step -> step.action() == action)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Execution runUntilTheServerIsCommanded() {
        UUID job = UUID.randomUUID();
        publish(new RestoreRequested(
                job,
                TENANT.webServerId(),
                Instant.now(),
                TENANT.projectId(),
                TENANT.id("snapshot/web-1-daily"),
                RestoreMode.NEW,
                null,
                IpStrategy.NEW_IPS,
                "olga"));
        topics.awaitEvent(job, PlanCreated.class);
        publish(new ExecutionRequested(job, TENANT.webServerId(), Instant.now(), UUID.randomUUID(), "olga"));
        topics.awaitSteps(job, 2).forEach(step -> complete(step, List.of()));
        topics.awaitTrue(
                "volume and ports are commanded", () -> topics.steps(job).size() == 5);
        Resource volume = volume(commanded(job, Action.CREATE_VOLUME).getFirst().step());
        complete(commanded(job, Action.CREATE_VOLUME).getFirst(), List.of(volume));
        commanded(job, Action.CREATE_PORT).forEach(step -> complete(step, List.of(port(step.step()))));
        topics.awaitTrue("the server is commanded", () -> topics.steps(job).size() == 6);
        return new Execution(job, volume, topics.steps(job));
    }

    private List<RunStep> commanded(UUID job, Action action) {
        return topics.steps(job).stream()
                .filter(step -> step.step().action() == action)
                .toList();
    }

    private void complete(RunStep step, List<Resource> made) {
        publish(new StepCompleted(step.step(), Instant.now(), made, Map.of(), null));
    }

    private Resource volume(StepAddress step) {
        return volume(project, step);
    }

    private static Resource volume(ProjectCloud maker, StepAddress step) {
        String snapshot = TENANT.id("snapshot/web-1-daily");
        var volume = maker.volumes()
                .create(new VolumeSpec(
                        "restored", snapshot, null, null, null, null, Map.of(StepAddress.MARK_KEY, step.mark())));
        return new Resource(ResourceType.VOLUME, volume.id(), volume.name());
    }

    private Resource port(StepAddress step) {
        String name = StepAddress.PORT_NAME_PREFIX + step.mark();
        var port = project.network().createPort(PortSpec.on(TENANT.frontNetworkId(), name));
        return new Resource(ResourceType.PORT, port.id(), port.name());
    }

    private Resource server(StepAddress step, Resource volume, Resource port) {
        topics.awaitTrue(
                "the volume can be booted from",
                () -> project.volumes().volume(volume.id()).available());
        String id = project.compute()
                .create(new ServerSpec(
                        "web-1-restored",
                        SampleCloud.FLAVOR_SMALL_ID,
                        volume.id(),
                        List.of(port.id()),
                        null,
                        Map.of(StepAddress.MARK_KEY, step.mark()),
                        List.of(),
                        null,
                        null,
                        false,
                        null,
                        null));
        return new Resource(ResourceType.SERVER, id, "web-1-restored");
    }

    /** What the audit has named. */
    private Set<Resource> named(UUID job) {
        Predicate<StepProgressed> byAudit =
                event -> "audit".equals(event.detail().get("found_by"));
        Set<Resource> named = new HashSet<>();
        topics.events(job, StepProgressed.class).stream()
                .filter(byAudit)
                .forEach(event -> named.addAll(event.resources()));
        return named;
    }

    private void publish(RestoreEvent event) {
        kafka.send(EventCodec.encode(event)).join();
    }
}
