-- The service that a step waits for because it gives no answer. Null: none, or written by an older status-service.

ALTER TABLE restore_job_steps
    ADD COLUMN waiting_for JSONB;

COMMENT ON COLUMN restore_job_steps.waiting_for IS 'service, since and last_answer while the step waits for a service';
