/** Careful clients that restore VMs over REST and check every answer. */
@NullMarked
package io.vmrestore.chaos.load;

import org.jspecify.annotations.NullMarked;
