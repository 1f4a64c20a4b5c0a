/** Cinder: volumes, snapshots and their quota. */
@NullMarked
package io.vmrestore.openstack.volume;

import org.jspecify.annotations.NullMarked;
