-- A request that was let past the limits of restores at work is let past them again when it is repeated.

ALTER TABLE request_claims ADD COLUMN admitted BOOLEAN NOT NULL DEFAULT false;

COMMENT ON COLUMN request_claims.admitted IS 'Whether there was room for what was asked for, so that it was or will be published';
