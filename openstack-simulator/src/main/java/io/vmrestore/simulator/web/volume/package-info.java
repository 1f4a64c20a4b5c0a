/** Cinder's block storage API v3 to microversion 3.70. */
@NullMarked
package io.vmrestore.simulator.web.volume;

import org.jspecify.annotations.NullMarked;
