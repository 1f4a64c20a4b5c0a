-- An Idempotency-Key belonged to a user alone and compared bytes. It belongs to a user in a project now and compares what
-- a request means. Keys of before stay good: for whoever reaches every project, as everybody did, and whatever the request
-- meant, since its bytes are gone. They expire within RESTORE_IDEMPOTENCY_LIFETIME.
UPDATE request_claims SET caller = json_build_array(caller)::text, digest = ''
WHERE length(json_build_array(caller)::text) <= 255;
