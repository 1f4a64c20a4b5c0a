/** Computes plans from live reads of the cloud. */
@NullMarked
package io.vmrestore.planner.planning;

import org.jspecify.annotations.NullMarked;
