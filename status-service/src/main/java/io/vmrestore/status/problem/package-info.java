/** Errors as RFC 9457 problem details. */
@NullMarked
package io.vmrestore.status.problem;

import org.jspecify.annotations.NullMarked;
