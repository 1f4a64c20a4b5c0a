/** Figures as a table and as JSON, beside those of an earlier run. */
@NullMarked
package io.vmrestore.verification.benchmarks.report;

import org.jspecify.annotations.NullMarked;
