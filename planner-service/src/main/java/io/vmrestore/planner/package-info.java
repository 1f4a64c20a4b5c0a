/** The planner service: plans restores from live reads of the cloud and dispatches their steps. */
@NullMarked
package io.vmrestore.planner;

import org.jspecify.annotations.NullMarked;
