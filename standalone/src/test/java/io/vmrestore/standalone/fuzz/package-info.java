/** Requests made from the OpenAPI document, valid and not, and what every answer to them has to keep to. */
@NullMarked
package io.vmrestore.standalone.fuzz;

import org.jspecify.annotations.NullMarked;
