/** The simulated cloud's core: state, rules and transitions, without HTTP, Spring or a clock of its own. */
@NullMarked
package io.vmrestore.simulator.cloud;

import org.jspecify.annotations.NullMarked;
