/**
 * What there is to restore, as planner-service tells it and api-gateway passes it on: the JSON of the inventory reads.
 */
@NullMarked
package io.vmrestore.support.api;

import org.jspecify.annotations.NullMarked;
