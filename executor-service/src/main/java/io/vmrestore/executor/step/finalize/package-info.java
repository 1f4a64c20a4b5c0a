/** The comparison with the original, and the last cleaning up. */
@NullMarked
package io.vmrestore.executor.step.finalize;

import org.jspecify.annotations.NullMarked;
