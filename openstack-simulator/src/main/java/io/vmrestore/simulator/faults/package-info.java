/** Faults on demand: wrong answers, lost answers, slowness and resources that fail after they were accepted. */
@NullMarked
package io.vmrestore.simulator.faults;

import org.jspecify.annotations.NullMarked;
