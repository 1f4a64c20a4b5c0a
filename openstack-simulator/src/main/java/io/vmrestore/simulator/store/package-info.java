/** Keeps the simulated cloud's state in a file, so that it survives a restart and a kill. */
@NullMarked
package io.vmrestore.simulator.store;

import org.jspecify.annotations.NullMarked;
