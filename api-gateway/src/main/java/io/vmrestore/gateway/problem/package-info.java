/** Everything that can go wrong, as RFC 9457 problem details: one catalogue, one writer. */
@NullMarked
package io.vmrestore.gateway.problem;

import org.jspecify.annotations.NullMarked;
