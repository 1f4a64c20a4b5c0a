-- Runs of the command that folds all tables anew from the topic, so that any instance can tell how far it is.

CREATE TABLE rebuilds (
    id            UUID PRIMARY KEY,
    requested_by  TEXT        NOT NULL,
    state         VARCHAR(20) NOT NULL,
    started_at    TIMESTAMPTZ NOT NULL,
    ended_at      TIMESTAMPTZ,
    records       BIGINT      NOT NULL,
    records_total BIGINT      NOT NULL,
    jobs          BIGINT,
    problem       TEXT
);

COMMENT ON COLUMN rebuilds.records IS 'Records of the topic that are folded so far';
COMMENT ON COLUMN rebuilds.jobs IS 'Restores in the new tables; set at the end';

CREATE INDEX rebuilds_newest ON rebuilds (started_at DESC);
