package io.vmrestore.verification.chaos.nemesis;

import java.time.Duration;

/**
 * One fault of a schedule.
 *
 * @param number in the schedule, from 1
 * @param at since the begin of the run
 * @param target name of a process, a role, a link or the cloud
 * @param lasts how long a process is down or paused, a link bad, or the cloud in a storm
 */
public record PlannedFault(int number, Duration at, FaultKind kind, String target, Duration lasts) {}
