/** Compares what there is in the cloud with what ended restores name, and names the rest. */
@NullMarked
package io.vmrestore.planner.audit;

import org.jspecify.annotations.NullMarked;
