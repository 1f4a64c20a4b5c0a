-- What clients have asked for under an Idempotency-Key. A repeated request finds its claim and with it the ids and the
-- time of the first one, so that it publishes the same event again, which changes nothing.

CREATE TABLE request_claims (
    caller     TEXT         NOT NULL,
    key        VARCHAR(255) NOT NULL,
    digest     VARCHAR(64)  NOT NULL,
    subject_id UUID         NOT NULL,
    claimed_at TIMESTAMPTZ  NOT NULL,
    expires_at TIMESTAMPTZ  NOT NULL,
    PRIMARY KEY (caller, key)
);

COMMENT ON COLUMN request_claims.digest IS 'Hash of what was asked for; another one under the same key is refused';
COMMENT ON COLUMN request_claims.subject_id IS 'The id that the first request chose for what it makes';

CREATE INDEX request_claims_by_expiry ON request_claims (expires_at);
