/** Tests of the whole service over its real broker and database. */
@NullMarked
package io.vmrestore.status;

import org.jspecify.annotations.NullMarked;
