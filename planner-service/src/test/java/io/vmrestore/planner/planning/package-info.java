/** Tests of planning, against the simulated cloud. */
@NullMarked
package io.vmrestore.planner.planning;

import org.jspecify.annotations.NullMarked;
