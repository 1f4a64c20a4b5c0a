/** The stock command line client, run as real processes against the simulator. */
@NullMarked
package io.vmrestore.simulator.commandline;

import org.jspecify.annotations.NullMarked;
