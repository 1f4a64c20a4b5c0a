/** Tests of the HTTP interface over the running service. */
@NullMarked
package io.vmrestore.status.query;

import org.jspecify.annotations.NullMarked;
