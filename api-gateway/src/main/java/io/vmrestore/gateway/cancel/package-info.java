/** Requests to cancel a restore. */
@NullMarked
package io.vmrestore.gateway.cancel;

import org.jspecify.annotations.NullMarked;
