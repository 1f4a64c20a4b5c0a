/** Tests of the fold with a real PostgreSQL. */
@NullMarked
package io.vmrestore.status.fold;

import org.jspecify.annotations.NullMarked;
