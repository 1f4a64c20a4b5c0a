/** The pure heart: how a restore's state follows from its events, and what follows from the state. */
@NullMarked
package io.vmrestore.common.lifecycle;

import org.jspecify.annotations.NullMarked;
