package io.vmrestore.planner.audit;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs the audit now and then, in a thread of its own: it waits for the cloud. */
final class AuditSchedule implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(AuditSchedule.class);

    private final Audit audit;
    private final AuditSettings settings;
    private @Nullable ScheduledThreadPoolExecutor thread;

    AuditSchedule(Audit audit, AuditSettings settings) {
        this.audit = audit;
        this.settings = settings;
    }

    @Override
    public synchronized void start() {
        ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("audit").factory());
        long millis = settings.interval().toMillis();
        started.scheduleWithFixedDelay(this::run, millis, millis, TimeUnit.MILLISECONDS);
        thread = started;
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void run() {
        try {
            audit.run();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException defect) {
            // Thrown on, it would end all audits to come.
            log.error("The audit failed and is tried again in {}", settings.interval(), defect);
        }
    }
}
