-- Every event that was applied to a restore, in the form in which clients read them: the plan of PlanCreated without
-- its encrypted user_data. They stay as long as their restore does.

CREATE TABLE restore_job_events (
    job_id   UUID   NOT NULL REFERENCES restore_jobs (id) ON DELETE CASCADE,
    version  BIGINT NOT NULL,
    event_id TEXT   NOT NULL,
    type     TEXT   NOT NULL,
    data     JSON   NOT NULL,
    PRIMARY KEY (job_id, version)
);

COMMENT ON COLUMN restore_job_events.version IS 'Version of the restore that the event made: 1, 2, 3, ... without gaps';
COMMENT ON COLUMN restore_job_events.event_id IS 'Attribute id of the CloudEvent';
COMMENT ON COLUMN restore_job_events.type IS 'Attribute type of the CloudEvent';
-- JSON, not JSONB: it is only ever read as a whole.
COMMENT ON COLUMN restore_job_events.data IS 'The event as the schema of its type describes it';

-- Restores that were folded before this table existed have no rows here. The topic keeps every event, so all tables are
-- folded anew from its beginning.
DELETE FROM restore_jobs;
UPDATE fold_offsets SET next_offset = 0;
