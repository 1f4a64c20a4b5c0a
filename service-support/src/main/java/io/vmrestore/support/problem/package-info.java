/** Everything that can go wrong, as RFC 9457 problem details: one catalog and one writer for every service. */
@NullMarked
package io.vmrestore.support.problem;

import org.jspecify.annotations.NullMarked;
