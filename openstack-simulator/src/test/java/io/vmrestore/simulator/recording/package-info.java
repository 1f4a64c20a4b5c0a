/** Replays genuine exchanges with OpenStack against the simulator. */
@NullMarked
package io.vmrestore.simulator.recording;

import org.jspecify.annotations.NullMarked;
