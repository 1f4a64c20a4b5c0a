/** TCP links between the processes that can be cut, frozen, slowed and healed. */
@NullMarked
package io.vmrestore.verification.chaos.proxy;

import org.jspecify.annotations.NullMarked;
