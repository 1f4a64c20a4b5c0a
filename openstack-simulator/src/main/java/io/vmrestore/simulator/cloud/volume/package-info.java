/** Volumes and snapshots, as Cinder rules them. */
@NullMarked
package io.vmrestore.simulator.cloud.volume;

import org.jspecify.annotations.NullMarked;
