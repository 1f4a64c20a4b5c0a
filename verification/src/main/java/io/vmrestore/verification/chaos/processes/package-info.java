/** The parts of the system as processes of their own, which can be killed, paused and restarted. */
@NullMarked
package io.vmrestore.verification.chaos.processes;

import org.jspecify.annotations.NullMarked;
