/** The last look at the quotas. */
@NullMarked
package io.vmrestore.executor.step.checkquota;

import org.jspecify.annotations.NullMarked;
