/** The simulator as its users see it. */
@NullMarked
package io.vmrestore.simulator;

import org.jspecify.annotations.NullMarked;
