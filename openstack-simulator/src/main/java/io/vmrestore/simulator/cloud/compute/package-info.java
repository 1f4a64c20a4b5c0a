/** Servers, flavors and key pairs, as Nova rules them. */
@NullMarked
package io.vmrestore.simulator.cloud.compute;

import org.jspecify.annotations.NullMarked;
