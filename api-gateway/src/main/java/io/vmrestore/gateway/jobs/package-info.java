/** Reads of restores from the status service, on behalf of the caller. */
@NullMarked
package io.vmrestore.gateway.jobs;

import org.jspecify.annotations.NullMarked;
