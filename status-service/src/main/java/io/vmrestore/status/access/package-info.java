/** Checks the caller's token and permission. */
@NullMarked
package io.vmrestore.status.access;

import org.jspecify.annotations.NullMarked;
