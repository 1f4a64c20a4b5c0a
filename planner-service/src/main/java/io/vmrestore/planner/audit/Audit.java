package io.vmrestore.planner.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.contract.StepStatus;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.lifecycle.StepState;
import io.vmrestore.common.metrics.Metric;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.support.metrics.Meters;
import io.vmrestore.survey.Ownership;
import io.vmrestore.survey.Ownership.Maker;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Finds what a restore has made and, having ended, does not name: an executor was frozen, woke after the end, made it
 * and died before it could tell, or it died in the middle and nobody could look before the end. The audit names it in
 * the executor's place; it deletes nothing. What carries the mark and is not proven to be the restore's, such as a
 * clone, is told apart and is no leftover.
 */
public final class Audit {
    /** What delete_server notes of the old boot volume where it was not certain to stay. */
    private static final String OLD_VOLUME = "old_boot_volume";

    private static final Set<String> ON_ITS_WAY = Set.of("in-use", "detaching", "deleting");

    /** How late a process that was frozen may make something of a restore that had ended without success. */
    private static final Duration LATEST = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(Audit.class);

    private final Supplier<Collection<JobState>> ended;
    private final OpenStack cloud;
    private final KafkaTemplate<String, byte[]> kafka;
    private final TimeSource time;
    private final Counter unnamed;

    /** @param ended the restores that have ended and are still remembered, each by one instance */
    public Audit(
            Supplier<Collection<JobState>> ended,
            OpenStack cloud,
            KafkaTemplate<String, byte[]> kafka,
            TimeSource time,
            MeterRegistry meters) {
        this.ended = ended;
        this.cloud = cloud;
        this.kafka = kafka;
        this.time = time;
        unnamed = new Meters(meters).counter(Metric.AUDIT_UNNAMED);
    }

    /** Looks once through all projects that restores have ended in. */
    void run() throws InterruptedException {
        Map<String, List<JobState>> byProject = ended.get().stream()
                .filter(job -> job.steps().stream().anyMatch(step -> step.attempt() > 0))
                .collect(Collectors.groupingBy(job -> job.request().projectId(), TreeMap::new, Collectors.toList()));
        for (Map.Entry<String, List<JobState>> project : byProject.entrySet()) {
            try {
                ProjectCloud there = cloud.project(project.getKey());
                MarkedResources marked = MarkedResources.of(there);
                for (JobState job : project.getValue()) {
                    check(job, marked, there.userId());
                    checkOldVolume(job, there);
                }
            } catch (CloudException | ExecutionException later) {
                log.warn("Project {} was not audited, and is next time: {}", project.getKey(), later.getMessage());
            }
        }
    }

    private void check(JobState job, MarkedResources marked, String userId)
            throws ExecutionException, InterruptedException {
        for (StepState step : job.steps()) {
            if (step.attempt() == 0) {
                continue;
            }
            StepAddress address = step.addressIn(job);
            Maker maker = new Maker(userId, until(job), servers(job, marked, userId));
            List<Resource> news = new ArrayList<>();
            List<String> notProven = new ArrayList<>();
            for (MarkedResources.Found found : marked.of(address)) {
                if (job.names(found.resource())) {
                    continue;
                }
                String objection = Ownership.objection(found.marked(), maker);
                if (objection == null) {
                    news.add(found.resource());
                } else {
                    notProven.add(notProven(found.resource(), objection));
                }
            }
            if (!news.isEmpty()) {
                name(job, address, news);
            }
            if (!step.notProven().containsAll(notProven)) {
                tell(job, address, notProven);
            }
        }
    }

    /** A restore that succeeded has looked for duplicates at its end; what was made later is somebody's copy. */
    private static @Nullable Instant until(JobState job) {
        Instant end = job.completedAt();
        return end == null || job.status() == JobStatus.COMPLETED ? end : end.plus(LATEST);
    }

    /** The servers that the restore has made, named or not. */
    private static List<String> servers(JobState job, MarkedResources marked, String userId) {
        Maker maker = new Maker(userId, until(job), List.of());
        Stream<String> named = job.steps().stream()
                .flatMap(step -> step.resources().stream())
                .filter(resource -> resource.type() == ResourceType.SERVER)
                .map(Resource::id);
        Stream<String> proven = job.steps().stream()
                .flatMap(step -> marked.of(step.addressIn(job)).stream())
                .filter(found -> found.resource().type() == ResourceType.SERVER)
                .filter(found -> Ownership.objection(found.marked(), maker) == null)
                .map(found -> found.resource().id());
        return Stream.concat(named, proven).distinct().toList();
    }

    private static String notProven(Resource resource, String objection) {
        return resource.type().name().toLowerCase(Locale.ROOT) + " " + resource.id() + " (" + resource.name() + "): "
                + objection;
    }

    /** The boot volume of a VM that was replaced, should it have been on its way when the VM was deleted. */
    private void checkOldVolume(JobState job, ProjectCloud there) throws ExecutionException, InterruptedException {
        Plan plan = job.plan();
        Optional<StepState> deletion = job.forwardSteps()
                .filter(step -> step.plan().action().pointOfNoReturn() && step.status() == StepStatus.COMPLETED)
                .findFirst();
        if (plan == null || deletion.isEmpty()) {
            return;
        }
        String id = plan.server().bootVolume().id();
        Resource old =
                new Resource(ResourceType.VOLUME, id, plan.server().bootVolume().name());
        if (job.names(old) || !deletion.get().detail().containsKey(OLD_VOLUME)) {
            return;
        }
        boolean stays = there.volumes().volumes().stream()
                .anyMatch(volume -> volume.id().equals(id) && !ON_ITS_WAY.contains(volume.status()));
        if (stays) {
            name(job, deletion.get().addressIn(job), List.of(old));
        }
    }

    private void tell(JobState job, StepAddress step, List<String> notProven)
            throws ExecutionException, InterruptedException {
        send(new StepProgressed(
                step, now(), List.of(), Map.of("found_by", "audit", StepProgressed.NOT_PROVEN, notProven)));
        log.warn(
                "What carries the mark of step {} of restore {} looks like its work and is not proven to be: {}. It is"
                        + " left alone and is no leftover",
                step.stepOrder(),
                job.jobId(),
                notProven);
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void send(StepProgressed event) throws ExecutionException, InterruptedException {
        kafka.send(EventCodec.encode(event)).get();
    }

    private void name(JobState job, StepAddress step, List<Resource> news)
            throws ExecutionException, InterruptedException {
        send(new StepProgressed(step, now(), news, Map.of("found_by", "audit")));
        unnamed.increment(news.size());
        log.warn(
                "Restore {} of VM {} has ended {} and did not name {}, made by its step {}; they are in its leftovers"
                        + " now",
                job.jobId(),
                job.vmId(),
                job.status(),
                news,
                step.stepOrder());
    }
}
