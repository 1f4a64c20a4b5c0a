package io.vmrestore.status.store;

import io.vmrestore.common.lifecycle.JobState;

/**
 * A restore as the tables hold it.
 *
 * @param folded place of the last event that changed it
 */
public record StoredJob(JobState state, LogPosition folded) {}
