package io.vmrestore.planner.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vmrestore.common.codec.EventCodec;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.lifecycle.StepState;
import io.vmrestore.common.metrics.Metric;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.OpenStack;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.support.metrics.Meters;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Finds what a restore has made and, having ended, does not name: an executor was frozen, woke after the end, made it
 * and died before it could tell, or it died in the middle and nobody could look before the end. The audit names it in
 * the executor's place; it deletes nothing.
 */
public final class Audit {
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
                MarkedResources marked = MarkedResources.of(cloud.project(project.getKey()));
                for (JobState job : project.getValue()) {
                    check(job, marked);
                }
            } catch (CloudException | ExecutionException later) {
                log.warn("Project {} was not audited, and is next time: {}", project.getKey(), later.getMessage());
            }
        }
    }

    private void check(JobState job, MarkedResources marked) throws ExecutionException, InterruptedException {
        for (StepState step : job.steps()) {
            if (step.attempt() == 0) {
                continue;
            }
            StepAddress address = step.addressIn(job);
            List<Resource> news = marked.of(address).stream()
                    .filter(resource -> !job.names(resource))
                    .toList();
            if (!news.isEmpty()) {
                name(job, address, news);
            }
        }
    }

    private void name(JobState job, StepAddress step, List<Resource> news)
            throws ExecutionException, InterruptedException {
        Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
        kafka.send(EventCodec.encode(new StepProgressed(step, now, news, Map.of("found_by", "audit"))))
                .get();
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
