/** The simulated cloud as its administrator reaches it, past every link. */
@NullMarked
package io.vmrestore.verification.chaos.cloud;

import org.jspecify.annotations.NullMarked;
