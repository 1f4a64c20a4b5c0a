package io.vmrestore.status;

/** The metrics of this service. */
public enum StatusMetric {
    FOLDED_EVENTS("restore.fold.events", "Records read from the event topic, by outcome"),
    FOLD_TIME("restore.fold.batch", "Time from having a batch of events to its commit"),
    FOLD_LAG("restore.fold.lag", "Records of the assigned partitions that are not folded yet"),
    FOLD_AGE("restore.fold.age", "Seconds since the youngest folded record was published"),
    FOLD_STALLED("restore.fold.stalled", "How long events have waited while none was folded"),
    FOLD_FAILURES("restore.fold.failures", "Batches that failed and are tried again"),
    WAITING_READERS("restore.status.waiting", "Requests and streams that wait for a restore to change");

    private final String wireName;
    private final String description;

    StatusMetric(String wireName, String description) {
        this.wireName = wireName;
        this.description = description;
    }

    /** Micrometer's name; Prometheus shows it with underscores. */
    public String wireName() {
        return wireName;
    }

    public String description() {
        return description;
    }
}
