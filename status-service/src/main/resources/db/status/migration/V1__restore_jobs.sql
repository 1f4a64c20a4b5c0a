-- Status of every restore, folded from the topic restore.events.v1. Only status-service writes here.
-- Each row also says how far in the topic it is folded, so that no event is ever folded into it twice.

CREATE TABLE restore_jobs (
    id                     UUID PRIMARY KEY,
    tenant_id              VARCHAR(255) NOT NULL,
    vm_id                  VARCHAR(255) NOT NULL,
    snapshot_id            VARCHAR(255) NOT NULL,
    mode                   VARCHAR(20)  NOT NULL,
    status                 VARCHAR(20)  NOT NULL,
    plan_json              JSONB,
    result_json            JSONB,
    requested_by           VARCHAR(255) NOT NULL,
    created_at             TIMESTAMPTZ  NOT NULL,
    started_at             TIMESTAMPTZ,
    completed_at           TIMESTAMPTZ,
    last_heartbeat         TIMESTAMPTZ  NOT NULL,

    version                BIGINT       NOT NULL,
    project_name           TEXT,
    vm_name                TEXT,
    ip_strategy            VARCHAR(20)  NOT NULL,
    new_vm_name            TEXT,
    restored_vm_name       TEXT,
    execution_id           UUID,
    executed_by            TEXT,
    execution_requested_at TIMESTAMPTZ,
    refused_execution_id   UUID,
    refusal_reason         TEXT,
    cancelled_by           TEXT,
    cancel_reason          TEXT,
    cancel_requested_at    TIMESTAMPTZ,
    rolling_back           BOOLEAN      NOT NULL,
    failure                JSONB,
    log_partition          INT          NOT NULL,
    log_offset             BIGINT       NOT NULL
) WITH (fillfactor = 80);

COMMENT ON COLUMN restore_jobs.plan_json IS 'The plan with its steps; user_data is encrypted';
COMMENT ON COLUMN restore_jobs.result_json IS 'What finalize reported, and the leftovers of a restore that did not complete';
COMMENT ON COLUMN restore_jobs.new_vm_name IS 'The name asked for';
COMMENT ON COLUMN restore_jobs.restored_vm_name IS 'The name that the plan gives';
COMMENT ON COLUMN restore_jobs.version IS 'Number of events applied';
COMMENT ON COLUMN restore_jobs.log_offset IS 'Offset of the last event applied, in partition log_partition';

-- One index for each filter of the list, in the order of its pages: newest first, equal times by id.
CREATE INDEX restore_jobs_newest ON restore_jobs (created_at DESC, id DESC);
CREATE INDEX restore_jobs_by_status ON restore_jobs (status, created_at DESC, id DESC);
CREATE INDEX restore_jobs_by_vm ON restore_jobs (vm_id, created_at DESC, id DESC);
CREATE INDEX restore_jobs_by_tenant ON restore_jobs (tenant_id, created_at DESC, id DESC);
CREATE INDEX restore_jobs_by_mode ON restore_jobs (mode, created_at DESC, id DESC);
CREATE INDEX restore_jobs_by_requester ON restore_jobs (requested_by, created_at DESC, id DESC);

CREATE TABLE restore_job_steps (
    id              SERIAL PRIMARY KEY,
    job_id          UUID        NOT NULL REFERENCES restore_jobs (id) ON DELETE CASCADE,
    step_order      INT         NOT NULL,
    action          VARCHAR(50) NOT NULL,
    status          VARCHAR(20) NOT NULL,
    detail_json     JSONB       NOT NULL,
    started_at      TIMESTAMPTZ,
    completed_at    TIMESTAMPTZ,

    version         BIGINT      NOT NULL,
    depends_on      INT[]       NOT NULL,
    nic             INT,
    undoes          INT,
    max_attempts    INT         NOT NULL,
    timeout_seconds BIGINT      NOT NULL,
    attempt         INT         NOT NULL,
    not_before      TIMESTAMPTZ,
    request_id      TEXT,
    resources       JSONB       NOT NULL,
    error           JSONB,
    UNIQUE (job_id, step_order)
) WITH (fillfactor = 80);

COMMENT ON COLUMN restore_job_steps.version IS 'Version of the job with which this row last changed';

-- How far the topic is folded, written in the same transaction as the rows: the truth about progress, over the
-- consumer group's own offsets.
CREATE TABLE fold_offsets (
    topic       VARCHAR(249) NOT NULL,
    partition   INT          NOT NULL,
    next_offset BIGINT       NOT NULL,
    PRIMARY KEY (topic, partition)
);

-- Ends a statement that could not move every offset it was to move.
CREATE FUNCTION require_moved(moved BIGINT, expected BIGINT) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
    IF moved <> expected THEN
        RAISE EXCEPTION 'only % of % offsets are where they were', moved, expected USING ERRCODE = 'VR001';
    END IF;
END $$;
