/** Tells what there is to restore: projects, their VMs and snapshots, read live from the cloud for the gateway. */
@NullMarked
package io.vmrestore.planner.inventory;

import org.jspecify.annotations.NullMarked;
