/** Requests to execute a plan. */
@NullMarked
package io.vmrestore.gateway.execute;

import org.jspecify.annotations.NullMarked;
