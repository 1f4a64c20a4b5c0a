/** Reads of restores from the status service, and what repeated requests stand for. */
@NullMarked
package io.vmrestore.gateway.jobs;

import org.jspecify.annotations.NullMarked;
