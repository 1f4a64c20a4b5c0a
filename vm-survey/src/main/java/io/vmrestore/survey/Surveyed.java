package io.vmrestore.survey;

import io.vmrestore.common.contract.Fingerprint;
import io.vmrestore.common.contract.RestorePoint;

/** A VM and one of its restore points, with the fingerprint that tells whether either has changed since. */
public record Surveyed(SurveyedVm vm, RestorePoint restorePoint, Fingerprint fingerprint) {}
