-- Whether a plan may be executed, and what its warnings mean: for lists, which do not read plans. Null: there is no plan, or
-- an older status-service wrote the row.

ALTER TABLE restore_jobs
    ADD COLUMN plan_eligible   BOOLEAN,
    ADD COLUMN plan_severities JSONB;

COMMENT ON COLUMN restore_jobs.plan_eligible IS 'Whether the plan may be executed';
COMMENT ON COLUMN restore_jobs.plan_severities IS 'The severity of each warning of the plan';

UPDATE restore_jobs
SET plan_eligible = (plan_json ->> 'eligible')::BOOLEAN
WHERE plan_json IS NOT NULL AND status = 'PLANNED';
