/** When faults happen, and that none is forgotten. */
@NullMarked
package io.vmrestore.simulator.faults;

import org.jspecify.annotations.NullMarked;
