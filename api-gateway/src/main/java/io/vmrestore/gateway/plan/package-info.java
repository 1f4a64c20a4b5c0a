/** Requests for a plan: what there would be done, before anything is. */
@NullMarked
package io.vmrestore.gateway.plan;

import org.jspecify.annotations.NullMarked;
