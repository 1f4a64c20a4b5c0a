/** Careful clients that restore VMs over REST and check every answer. */
@NullMarked
package io.vmrestore.verification.chaos.load;

import org.jspecify.annotations.NullMarked;
