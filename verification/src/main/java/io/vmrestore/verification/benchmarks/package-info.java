/** What one restore costs, counted and timed with one caller. */
@NullMarked
package io.vmrestore.verification.benchmarks;

import org.jspecify.annotations.NullMarked;
