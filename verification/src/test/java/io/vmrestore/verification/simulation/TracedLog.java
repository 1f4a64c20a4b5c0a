package io.vmrestore.verification.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/** Takes what product code logs into the trace instead of the console. */
final class TracedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.vmrestore");
    private final Trace trace;
    private final Schedule schedule;

    TracedLog(Trace trace, Schedule schedule) {
        this.trace = trace;
        this.schedule = schedule;
        setContext(ours.getLoggerContext());
        ours.setAdditive(false);
        ours.setLevel(Level.INFO);
        ours.addAppender(this);
        start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        String text = event.getFormattedMessage();
        String fault = event.getThrowableProxy() == null
                ? ""
                : " (" + event.getThrowableProxy().getClassName() + ": "
                        + event.getThrowableProxy().getMessage() + ")";
        trace.add(schedule.runs(), "logs " + text + fault);
    }

    @Override
    public void close() {
        stop();
        ours.detachAppender(this);
        ours.setAdditive(true);
        ours.setLevel(null);
    }
}
