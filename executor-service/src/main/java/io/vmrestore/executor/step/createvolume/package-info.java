/** The new boot volume: made from the snapshot, and removed. */
@NullMarked
package io.vmrestore.executor.step.createvolume;

import org.jspecify.annotations.NullMarked;
