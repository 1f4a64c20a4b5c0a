// What a warning of a plan means for who decides. The API tells sentences; those that it is known to tell are told apart here, others count as changes.
const ORDER = ["blocks", "loses", "changes", "cosmetic"];
const KNOWN = [
  ["blocks", /\bwill fail\b/],
  ["cosmetic", /^Name and description of the port|^The MAC address|; the restored (?:VM|one) will not be\.$/],
  ["loses", /\bis lost\b|^The old boot volume .* is deleted|are detached, not restored|are not restored: |will not open|no key from OpenStack/],
];

export const severity = (warning) => KNOWN.find(([, sentence]) => sentence.test(warning))?.[0] ?? "changes";

// The most severe first; equal ones in the order in which the API tells them.
export const bySeverity = (warnings) =>
  [...warnings].sort((one, other) => ORDER.indexOf(severity(one)) - ORDER.indexOf(severity(other)));

export const willFail = (plan) => plan.warnings.some((warning) => severity(warning) === "blocks");

// The status of a job as people are to take it: a plan that cannot be executed, or that fails as things are, does not look ready.
export function standing(job) {
  if (job.status !== "PLANNED" || !job.plan) {
    return job.status;
  }
  return job.plan.eligible ? (willFail(job.plan) ? "WILL_FAIL" : job.status) : "NOT_EXECUTABLE";
}
