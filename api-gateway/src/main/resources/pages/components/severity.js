// What a warning of a plan means for who decides, as the API tells it. Plans of earlier builds do not tell; theirs count as changes.
const ORDER = ["BLOCKS", "LOSES", "CHANGES", "COSMETIC"];

// The most severe first; equal ones in the order in which the API tells them.
export const warningsOf = ({ warnings, warning_severities: severities }) =>
  warnings
    .map((text, index) => ({ text, severity: severities?.[index] ?? "CHANGES" }))
    .sort((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity));

export const blocks = ({ severity }) => severity === "BLOCKS";

// The status of a job as people are to take it: a plan that cannot be executed, or that fails as things are, does not look ready.
export const standing = (job) => ({ WILL_FAIL: "WILL_FAIL", NOT_ELIGIBLE: "NOT_EXECUTABLE" })[job.readiness] ?? job.status;
