/** An OpenStack that lives in memory: start it with {@link io.vmrestore.simulator.Simulator}. */
@NullMarked
package io.vmrestore.simulator;

import org.jspecify.annotations.NullMarked;
