-- Who gave a restore up, and why. Those that were interrupted before these columns existed take it from their events.

ALTER TABLE restore_jobs
    ADD COLUMN interrupted_by      TEXT,
    ADD COLUMN interruption_reason TEXT,
    ADD COLUMN interrupted_at      TIMESTAMPTZ;

COMMENT ON COLUMN restore_jobs.interrupted_by IS 'The operator who gave it up; system where no person did';

UPDATE restore_jobs job
SET interrupted_by = 'system',
    interruption_reason = event.data ->> 'reason',
    interrupted_at = (event.data ->> 'time')::timestamptz
FROM restore_job_events event
WHERE event.job_id = job.id AND event.type = 'io.vmrestore.RestoreInterrupted.v1';
