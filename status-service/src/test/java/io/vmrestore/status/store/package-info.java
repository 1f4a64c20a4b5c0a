/** Tests of the tables with a real PostgreSQL. */
@NullMarked
package io.vmrestore.status.store;

import org.jspecify.annotations.NullMarked;
