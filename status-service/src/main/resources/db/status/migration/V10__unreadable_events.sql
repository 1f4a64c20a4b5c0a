-- Events of the topic that could not be turned into rows: the fold goes on without them, and their restore says so. A
-- rebuild folds them again.

CREATE TABLE unreadable_events (
    job_id UUID NOT NULL,
    log_partition INT NOT NULL,
    log_offset BIGINT NOT NULL,
    event_id TEXT NOT NULL,
    type TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (job_id, log_partition, log_offset)
);

COMMENT ON TABLE unreadable_events IS 'What the fold left out, with its place in the topic and the reason';

ALTER TABLE restore_jobs
    ADD COLUMN unreadable_events INT;

COMMENT ON COLUMN restore_jobs.unreadable_events IS 'How many rows unreadable_events has of this restore; null: none';
