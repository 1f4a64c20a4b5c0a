package io.vmrestore.planner.audit;

import io.vmrestore.common.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs the audit now and then, in a thread of its own: it waits for the cloud. */
public final class AuditSchedule implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(AuditSchedule.class);

    private final Audit audit;
    private final AuditSettings settings;
    private final TimeSource time;
    private @Nullable Thread thread;

    public AuditSchedule(Audit audit, AuditSettings settings, TimeSource time) {
        this.audit = audit;
        this.settings = settings;
        this.time = time;
    }

    @Override
    public synchronized void start() {
        Thread started = time.thread("audit", this::keepOn);
        started.setDaemon(true);
        started.start();
        thread = started;
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void keepOn() {
        try {
            while (true) {
                time.sleep(settings.interval());
                run();
            }
        } catch (InterruptedException stopping) {
            log.debug("The audits end");
        }
    }

    private void run() throws InterruptedException {
        try {
            audit.run();
        } catch (RuntimeException defect) {
            // Thrown on, it would end all audits to come.
            log.error("The audit failed and is tried again in {}", settings.interval(), defect);
        }
    }
}
