/** What the simulated cloud does, driven by simulated time. */
@NullMarked
package io.vmrestore.simulator.cloud;

import org.jspecify.annotations.NullMarked;
