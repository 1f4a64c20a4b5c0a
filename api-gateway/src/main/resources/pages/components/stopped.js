// A step that a cancellation stopped is not a failure: it is shown as stopped, with who cancelled and why.
const STOPPED = "stopped";

// The step as it is to be shown. A failure that only says that somebody else's decision ended the step counts as that decision.
export function asShown(step, job) {
  const stopped =
    Boolean(job.cancellation) &&
    ((step.status === "FAILED" && step.error?.kind === STOPPED) || (step.status === "SKIPPED" && Boolean(step.started_at)));
  return stopped ? { ...step, status: "STOPPED", error: null, stopped: job.cancellation } : step;
}
