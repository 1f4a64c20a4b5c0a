-- Restores that end without success tell their end in result_json as well.

COMMENT ON COLUMN restore_jobs.result_json IS 'What finalize reported; of a restore that ended FAILED, CANCELLED or INTERRUPTED what it created, why it ended (failure) and the leftovers';
