/** The system as one process a part, its one caller, and what counts between it and the cloud. */
@NullMarked
package io.vmrestore.verification.benchmarks.system;

import org.jspecify.annotations.NullMarked;
