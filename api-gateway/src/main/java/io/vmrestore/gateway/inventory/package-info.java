/** Reads of what there is to restore from the planner service, on behalf of the caller. */
@NullMarked
package io.vmrestore.gateway.inventory;

import org.jspecify.annotations.NullMarked;
