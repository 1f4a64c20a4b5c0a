/** Checks again on whose behalf the gateway asks, and whether they may. */
@NullMarked
package io.vmrestore.planner.access;

import org.jspecify.annotations.NullMarked;
