package io.vmrestore.common.metrics;

import static io.vmrestore.common.metrics.Metric.Kind.COUNTER;
import static io.vmrestore.common.metrics.Metric.Kind.GAUGE;
import static io.vmrestore.common.metrics.Metric.Kind.TIMER;
import static io.vmrestore.common.metrics.Metric.Kind.TIME_GAUGE;

import java.util.List;

/**
 * Every metric of our own. All meters are made from these, and so is the table in {@code docs/operations.md}. Names and
 * tags are interface: whoever watches an installation has them in rules and panels.
 */
public enum Metric {
    HTTP_REFUSALS(
            COUNTER,
            "restore.http.refusals",
            "refusals",
            "Connections and requests that a listener refused or ended before an application saw them; none is a fault"
                    + " of ours",
            "all",
            "listener",
            "reason"),
    HTTP_CONNECTIONS(GAUGE, "restore.http.connections", "connections", "Connections open now", "all", "listener"),

    INTAKE_RECORDS(COUNTER, "restore.intake.records", "records", "Records finished", "planner, executor", "intake"),
    INTAKE_RETRIES(
            COUNTER,
            "restore.intake.retries",
            "attempts",
            "Attempts at a record that failed and are repeated",
            "planner, executor",
            "intake"),
    INTAKE_RESTARTS(
            COUNTER,
            "restore.intake.restarts",
            "consumers",
            "Times the consumer failed and was replaced",
            "planner, executor",
            "intake"),
    INTAKE_IN_FLIGHT(GAUGE, "restore.intake.in.flight", "records", "Records at work", "planner, executor", "intake"),
    INTAKE_OLDEST_UNANSWERED(
            GAUGE,
            "restore.intake.oldest.unanswered",
            "seconds",
            "Age of the oldest record at work in seconds",
            "planner, executor",
            "intake"),
    INTAKE_PAUSED(
            GAUGE, "restore.intake.paused", "0 or 1", "1 while the window is full", "planner, executor", "intake"),
    INTAKE_HEALTHY(
            GAUGE, "restore.intake.healthy", "0 or 1", "1 while the consumer works", "planner, executor", "intake"),
    INTAKE_LAG(
            GAUGE,
            "restore.intake.lag",
            "records",
            "Records in the assigned partitions that are not delivered yet",
            "planner, executor",
            "intake"),

    HTTP_FAULTS(
            COUNTER,
            "restore.http.faults",
            "requests",
            "Requests that failed by a fault of the service itself; each is a bug, and its log has it at ERROR",
            "gateway, planner, status"),

    DISPATCH_EVENTS(
            COUNTER,
            "restore.dispatch.events",
            "events",
            "Events read, by what became of them; all but applied and ignored are dead letters",
            "planner",
            "outcome"),
    DISPATCH_PUBLISHED(
            COUNTER, "restore.dispatch.published", "records", "Records that followed from events", "planner", "kind"),
    DISPATCH_INTERRUPTED(
            COUNTER,
            "restore.dispatch.interrupted",
            "restores",
            "Restores found without a sign of life, or at work when dispatch started",
            "planner"),
    DISPATCH_EXPIRED(COUNTER, "restore.dispatch.expired", "plans", "Plans that nobody executed in time", "planner"),
    DISPATCH_RUNNING(
            GAUGE, "restore.dispatch.running", "0 or 1", "1 while dispatch works or moves partitions", "planner"),
    DISPATCH_LAG(
            GAUGE,
            "restore.dispatch.lag",
            "events",
            "Events that dispatch has not read yet, in the partition where they are most",
            "planner"),
    DISPATCH_OPEN(
            GAUGE,
            "restore.dispatch.open",
            "commands",
            "Commands and announcements that restores at work wait for",
            "planner"),
    DISPATCH_OLDEST_UNANSWERED(
            TIME_GAUGE,
            "restore.dispatch.oldest.unanswered",
            "seconds",
            "Age of the oldest of those commands and announcements",
            "planner"),
    DISPATCH_SILENCE(
            TIME_GAUGE,
            "restore.dispatch.silence",
            "seconds",
            "Time since the last sign of life of the most silent of those commands and announcements",
            "planner"),

    PLANS(
            TIMER,
            "restore.planning.plans",
            "seconds",
            "Plans computed, by outcome: eligible, not-eligible or the kind of failure",
            "planner",
            "outcome"),
    PLANNING_DEAD_LETTERS(
            COUNTER, "restore.planning.dead.letters", "records", "Plan commands that could not be decoded", "planner"),
    AUDIT_UNNAMED(
            COUNTER,
            "restore.audit.unnamed",
            "resources",
            "Resources of ended restores that the audit found and named",
            "planner"),

    STEPS(TIMER, "restore.step", "seconds", "Attempts at steps, by how they ended", "executor", "action", "outcome"),
    STEPS_WAITING(
            GAUGE,
            "restore.steps.waiting",
            "steps",
            "Steps that wait for a place because their project or all have theirs at work",
            "executor"),
    STEPS_SILENCE(
            TIME_GAUGE,
            "restore.steps.silence",
            "seconds",
            "Time since the last sign of life of the most silent command taken in",
            "executor"),
    STEP_DEAD_LETTERS(
            COUNTER,
            "restore.dead.letters",
            "records",
            "Records that no step can be made of, by their topic",
            "executor",
            "topic"),

    CLOUD_REQUESTS(
            TIMER,
            "restore.openstack.requests",
            "seconds",
            "Requests to the cloud, by service and class of status; none: there was no answer",
            "planner, executor",
            "service",
            "method",
            "status",
            "error"),

    FOLDED_EVENTS(
            COUNTER,
            "restore.fold.events",
            "records",
            "Records read from the event topic, by outcome",
            "status",
            "outcome"),
    FOLD_TIME(TIMER, "restore.fold.batch", "seconds", "Time from having a batch of events to its commit", "status"),
    FOLD_LAG(
            GAUGE,
            "restore.fold.lag",
            "records",
            "Records of the assigned partitions that are not folded yet",
            "status"),
    FOLD_AGE(GAUGE, "restore.fold.age", "seconds", "Seconds since the youngest folded record was published", "status"),
    FOLD_STALLED(
            TIME_GAUGE,
            "restore.fold.stalled",
            "seconds",
            "How long events have waited while none was folded",
            "status"),
    FOLD_FAILURES(COUNTER, "restore.fold.failures", "batches", "Batches that failed and are tried again", "status"),
    WAITING_READERS(
            GAUGE,
            "restore.status.waiting",
            "requests",
            "Requests and streams that wait for a restore to change",
            "status");

    /** How a metric is measured. */
    public enum Kind {
        COUNTER("_total"),
        GAUGE(""),
        /** A gauge of a time, which Prometheus gets in seconds. */
        TIME_GAUGE("_seconds"),
        /** How often and how long. */
        TIMER("_seconds");

        private final String suffix;

        Kind(String suffix) {
            this.suffix = suffix;
        }
    }

    private final Kind kind;
    private final String wireName;
    private final String unit;
    private final String description;
    private final String services;

    // List.of makes it immutable, which its type does not say.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> tags;

    Metric(Kind kind, String wireName, String unit, String description, String services, String... tags) {
        this.kind = kind;
        this.wireName = wireName;
        this.unit = unit;
        this.description = description;
        this.services = services;
        this.tags = List.of(tags);
    }

    Kind kind() {
        return kind;
    }

    /** Micrometer's name, such as {@code restore.fold.lag}. */
    public String wireName() {
        return wireName;
    }

    /** The name that Prometheus reads, such as {@code restore_dispatch_events_total}. */
    String prometheusName() {
        return wireName.replace('.', '_') + kind.suffix;
    }

    /** What is counted or measured, such as {@code records}. */
    String unit() {
        return unit;
    }

    public String description() {
        return description;
    }

    /** The services that have it, without the ending {@code -service}. */
    String services() {
        return services;
    }

    /** The names of its tags, in the order in which meters give their values. */
    public List<String> tags() {
        return tags;
    }
}
