package io.vmrestore.executor.attempt;

import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.intake.Assignment;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.survey.Absence;
import io.vmrestore.survey.Reads;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one step: where it acts, how long it may take, and what it has made and learned so far. Its heartbeat
 * reads from another thread.
 */
public final class Attempt {
    private static final Duration SHORTEST_READ = Duration.ofSeconds(1);

    private final StepAddress address;
    private final Instant deadline;
    private final Assignment assignment;
    private final ProjectCloud cloud;
    private final TimeSource time;
    private final Consumer<Attempt> progress;
    private final Set<Resource> resources = new LinkedHashSet<>();
    private final Map<String, Object> detail = new LinkedHashMap<>();
    private final StopSignal stop = new StopSignal();
    private final Outages outages;
    private volatile boolean mayHaveMade;
    private volatile @Nullable RestoreResult result;

    /**
     * An attempt that has not begun.
     *
     * @param assignment tells whether the step is still ours
     * @param cloud the project, with the attempt's request id
     * @param progress reports what the attempt has made so far
     */
    public Attempt(
            StepAddress address,
            Instant deadline,
            Assignment assignment,
            ProjectCloud cloud,
            TimeSource time,
            Consumer<Attempt> progress) {
        this.address = address;
        this.deadline = deadline;
        this.assignment = assignment;
        this.cloud = cloud;
        this.time = time;
        this.progress = progress;
        outages = new Outages(cloud, time);
        note("request_id", address.requestId());
    }

    public StepAddress address() {
        return address;
    }

    /** By which the attempt is asked to stop waiting. */
    public StopSignal stop() {
        return stop;
    }

    /** When the attempt gives up; it stands still while a service gives no answer. */
    public Instant deadline() {
        return deadline.plus(outages.stoodStill());
    }

    /** The outages that the attempt has met. */
    Outages outages() {
        return outages;
    }

    /** The service that the attempt waits for because it gives no answer; null if it waits for none. */
    public @Nullable Outage waitsFor() {
        return outages.present();
    }

    /** The project, asked with the attempt's request id. */
    public ProjectCloud cloud() {
        return cloud;
    }

    /**
     * Decides whether something is gone. It waits between two looks; a step that can be stopped asks within
     * {@link #stop}.
     */
    public Absence absence() {
        return Absence.in(cloud, time::sleep);
    }

    /** The time that the attempt goes by. */
    public TimeSource time() {
        return time;
    }

    /** Reads at the same time, until the attempt's deadline. */
    public Reads reads() {
        Duration left = Duration.between(time.instant(), deadline());
        return new Reads(time, left.compareTo(SHORTEST_READ) > 0 ? left : SHORTEST_READ);
    }

    /**
     * Right before something is made: the attempt must certainly be ours, and is remembered as one that may have made
     * something.
     *
     * @throws io.vmrestore.intake.RevokedException if it is not
     */
    public void requireMayMake() throws InterruptedException {
        assignment.requireConfirmed();
        mayHaveMade = true;
    }

    /** @throws io.vmrestore.intake.RevokedException if the attempt is no longer ours */
    void requireOurs() {
        assignment.requireCurrent();
    }

    /** Reports how far the attempt is. */
    void tell() {
        progress.accept(this);
    }

    /** Whether the attempt has begun to make something, or has found something of its step. */
    public boolean mayHaveMade() {
        return mayHaveMade || !resources().isEmpty();
    }

    /** Records and reports a resource that the step found to remove: should it stay, it has its name. */
    public void found(ResourceType type, String id, String name) {
        made(type, id, name);
    }

    /** Records and reports a resource that the step made or found as its own. */
    public void made(ResourceType type, String id, String name) {
        boolean news;
        synchronized (this) {
            news = resources.add(new Resource(type, id, name));
        }
        if (news) {
            progress.accept(this);
        }
    }

    /** Records what an operator may want to know; reported with the next event. Never a secret. */
    public synchronized void note(String key, Object value) {
        detail.put(key, value);
    }

    /** Records the restore's result, which its last step finds out. */
    public void conclude(RestoreResult found) {
        result = found;
    }

    /** The restore's result; null unless the step has found it out. */
    public @Nullable RestoreResult result() {
        return result;
    }

    public synchronized List<Resource> resources() {
        return List.copyOf(resources);
    }

    /** What was noted, and the ids under which the services logged the attempt's changes. */
    public Map<String, Object> detail() {
        List<String> logged = cloud.cloudRequestIds();
        Map<String, Object> noted = new LinkedHashMap<>();
        synchronized (this) {
            noted.putAll(detail);
        }
        if (!logged.isEmpty()) {
            noted.put("cloud_request_ids", logged);
        }
        return noted;
    }
}
